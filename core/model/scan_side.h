#pragma once

#include "core/model/mamba2_mixer.h"

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

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

/// Those of each side, side after side.
std::vector<at::Tensor> tensorsOf(const std::vector<ScanSide>& sides);

/// Scans that an autograd function keeps for its backward pass: their tensors go with its own, last, and the
/// rest with its saved data.
struct KeptScans {
    MixerShape shape;
    std::vector<ScanSide> sides;

    /// What is no tensor.
    c10::IValue rest() const;
    /// @param saved ends with tensorsOf(sides)
    static KeptScans from(const c10::IValue& rest, const std::vector<at::Tensor>& saved);
};

} // namespace headroom
