// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/frequency_scale.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headroom {

/// Power spectrogram images, from Hann windows of 2048 frames. One thread.
class Spectrogram {
public:
    static constexpr std::int64_t windowFrames = 2048;

    /// @param rows height of an image. Each row is the mean power over its frequency range, interpolated if
    ///             the range is narrower than one bin.
    /// @param sampleRate Hz
    Spectrogram(FrequencyScale scale, int rows, int sampleRate);

    /// @param samples float32 [2, windowFrames + columns * hop]: the frames of the image, with half a window
    ///                before and after them
    /// @param hop frames per column, at least 1; long columns are the mean of several windows
    /// @return float32 [rows, columns], the highest frequency first; a full-scale sine has power 1
    at::Tensor power(const at::Tensor& samples, std::int64_t columns, std::int64_t hop) const;

private:
    at::Tensor window_; ///< [windowFrames]
    at::Tensor rows_;   ///< [bins, rows]: weight of each bin in each row
};

} // namespace headroom
