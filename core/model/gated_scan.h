#pragma once

#include "core/model/mamba2_mixer.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// One direction of a gated scan.
struct ScanSide {
    const MixerParameters* parameters;
    Direction direction;
};

/// What a Mamba2 mixer does between its two projections: causal convolution and silu, state-space scan, gate
/// and norm (without the norm's gain, which belongs to the projection behind it). Keeps nothing but
/// `projected` for the backward pass.
/// @param projected [rows, length, sides * (2 D + 2 N + H)]: z, x, B, C, dt of the first side, then of the
/// next
/// @return per side [rows, length, D]
std::vector<at::Tensor> gatedScan(const at::Tensor& projected, const MixerShape& shape,
                                  const std::vector<ScanSide>& sides);

/// The same by tensor operators that run, and are differentiable, on any device; in the backward pass as
/// well in the forward pass it keeps whatever they keep.
/// @param projected [rows, length, 2 D + 2 N + H]
at::Tensor composedGatedScan(const at::Tensor& projected, const MixerShape& shape,
                             const MixerParameters& parameters, Direction direction);

} // namespace headroom
