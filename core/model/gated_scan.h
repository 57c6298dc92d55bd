#pragma once

#include "core/model/scan_side.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// What a Mamba2 mixer does between its two projections: causal convolution and silu, state-space scan, gate
/// and norm (without the norm's gain, which belongs to the projection behind it). By tensor operators. Keeps
/// nothing but `projected` for the backward pass.
/// @param projected [rows, length, sides * (2 D + 2 N + H)]: z, x, B, C, dt of the first side, then of the
/// next
/// @return per side [rows, length, D]
std::vector<at::Tensor> gatedScan(const at::Tensor& projected, const MixerShape& shape,
                                  const std::vector<ScanSide>& sides);

} // namespace headroom
