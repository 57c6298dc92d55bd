#pragma once

#include "core/model/mamba2_mixer.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// One direction of a gated scan.
struct ScanSide {
    at::Tensor convWeight; ///< [D + 2 N, 1, taps]
    at::Tensor convBias;   ///< [D + 2 N]
    at::Tensor dtBias;     ///< [H]
    at::Tensor aLog;       ///< [H]
    at::Tensor d;          ///< [H]
    Direction direction;

    static constexpr std::int64_t tensorCount = 5;
    std::vector<at::Tensor> tensors() const { return {convWeight, convBias, dtBias, aLog, d}; }
};

/// The scan's share of a mixer's parameters.
ScanSide scanSide(const MixerParameters& parameters, Direction direction);
/// The side whose tensors() begin at `tensors`.
ScanSide scanSide(const at::Tensor* tensors, Direction direction);

/// What a Mamba2 mixer does between its two projections: causal convolution and silu, state-space scan, gate
/// and norm (without the norm's gain, which belongs to the projection behind it). By tensor operators. Keeps
/// nothing but `projected` for the backward pass.
/// @param projected [rows, length, sides * (2 D + 2 N + H)]: z, x, B, C, dt of the first side, then of the
/// next
/// @return per side [rows, length, D]
std::vector<at::Tensor> gatedScan(const at::Tensor& projected, const MixerShape& shape,
                                  const std::vector<ScanSide>& sides);

} // namespace headroom
