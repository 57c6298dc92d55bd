// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <memory>

namespace headroom {

/// Streaming sample rate converter (soxr, linear phase). Output frame k corresponds to input time
/// k * inputRate / outputRate: the filter delay is compensated. With equal rates the input passes unchanged.
/// The output does not depend on the block sizes of the input. One thread at a time.
class Resampler {
public:
    /// soxr's quality presets. VeryHigh: noise below 24 bits. High: noise below 16 bits, in half the time.
    enum class Quality { VeryHigh, High };

    /// Rates in Hz. Throws Error (Failure) if soxr does not support them.
    Resampler(int inputRate, int outputRate, int channels, Quality quality = Quality::VeryHigh);
    Resampler(Resampler&&) noexcept;
    Resampler& operator=(Resampler&&) noexcept;
    ~Resampler();

    /// ceil(inputFrames * outputRate / inputRate). The output covers all of the input, and resampling back
    /// never yields fewer frames than the input had.
    static std::int64_t outputFrames(std::int64_t inputFrames, int inputRate, int outputRate);

    /// Feeds input and returns the output that is ready, which may be empty.
    AudioBuffer process(const AudioBuffer& input);

    /// Ends the input and returns the remaining output. The total is outputFrames(total input) frames.
    AudioBuffer finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace headroom
