// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// The parameters of a mixer that its scan uses.
ScanSide scanSide(const MixerParameters& parameters, Direction direction);
/// Inverse of ScanSide::tensors(): reads ScanSide::tensorCount tensors.
ScanSide scanSide(const at::Tensor* tensors, Direction direction);

/// ScanSide::tensors() of all sides.
std::vector<at::Tensor> tensorsOf(const std::vector<ScanSide>& sides);

/// Scans that an autograd function saves for its backward pass. Their tensors are the last of its saved
/// tensors, the metadata is in its saved_data.
struct SavedScans {
    MixerShape shape;
    std::vector<ScanSide> sides;

    /// Everything except tensors.
    c10::IValue metadata() const;
    /// @param saved ends with tensorsOf(sides)
    static SavedScans from(const c10::IValue& metadata, const std::vector<at::Tensor>& saved);
};

} // namespace headroom
