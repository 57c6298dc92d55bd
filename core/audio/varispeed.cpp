// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/varispeed.h"

#include "core/audio/resampler.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr int outputRate = 48000; // nominal; speeds are rounded to 0.04 cent or finer

} // namespace

Varispeed::Varispeed(double semitones)
    : inputRate_(static_cast<int>(std::lround(outputRate * std::exp2(semitones / 12)))) {}

std::int64_t Varispeed::inputFrames(std::int64_t outputFrames) const {
    return Resampler::outputFrames(outputFrames, outputRate, inputRate_);
}

AudioBuffer Varispeed::play(AudioBuffer input, std::int64_t outputFrames) const {
    if (inputRate_ == outputRate)
        return input;
    Resampler resampler(inputRate_, outputRate, input.channels(), Resampler::Quality::High);
    AudioBuffer output(input.channels(), outputFrames);
    std::int64_t done = 0;
    for (const AudioBuffer& piece : {resampler.process(input), resampler.finish()}) {
        const std::int64_t count = std::min(piece.frames(), outputFrames - done);
        for (int c = 0; c < output.channels(); ++c)
            std::ranges::copy(piece.channel(c).first(count), output.channel(c).subspan(done).begin());
        done += count;
    }
    return output;
}

} // namespace headroom
