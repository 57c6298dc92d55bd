// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// Audio in memory: planar float samples, full scale = 1.0.
class AudioBuffer {
public:
    AudioBuffer() = default;
    AudioBuffer(int channels, std::int64_t frames)
        : channels_(channels), frames_(frames), samples_(static_cast<std::size_t>(channels * frames)) {}

    int channels() const { return channels_; }
    std::int64_t frames() const { return frames_; }
    std::span<float> channel(int index) { return std::span(samples_).subspan(index * frames_, frames_); }
    std::span<const float> channel(int index) const {
        return std::span(samples_).subspan(index * frames_, frames_);
    }
    std::span<float> samples() { return samples_; }             ///< [channels, frames], contiguous
    std::span<const float> samples() const { return samples_; } ///< [channels, frames], contiguous

    /// A copy of the frames [first, first + frames).
    AudioBuffer part(std::int64_t first, std::int64_t frames) const;

    float peak() const; ///< largest absolute sample

private:
    int channels_ = 0;
    std::int64_t frames_ = 0;
    std::vector<float> samples_;
};

} // namespace headroom
