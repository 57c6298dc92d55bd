#pragma once

#include "core/values/frequency_scale.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headroom {

/// Pictures of sound: its power over time and frequency, in windows of 2048 frames (Hann). One thread.
class Spectrogram {
public:
    static constexpr std::int64_t windowFrames = 2048;

    /// @param rows of a picture, each the mean power of the frequencies that it covers, or interpolated where
    ///             it covers less than one bin
    Spectrogram(FrequencyScale scale, int rows, int sampleRate);

    /// @param samples float32 [2, windowFrames + columns * hop]: what the picture shows, with half a window
    ///                before and behind it
    /// @param hop frames of a column, at least 1; long ones are taken as the mean of several windows
    /// @return float32 [rows, columns], the highest frequency first; 1 is a sine of full scale
    at::Tensor power(const at::Tensor& samples, std::int64_t columns, std::int64_t hop) const;

private:
    at::Tensor window_; ///< [windowFrames]
    at::Tensor rows_;   ///< [bins, rows]: how much each bin counts in each row
};

} // namespace headroom
