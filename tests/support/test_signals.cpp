// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_signals.h"

#include <cmath>
#include <numbers>
#include <random>

namespace headroom::test {

AudioBuffer sine(int channels, std::int64_t frames, double hertz, int sampleRate) {
    AudioBuffer buffer(channels, frames);
    for (int c = 0; c < channels; ++c) {
        auto samples = buffer.channel(c);
        for (std::int64_t i = 0; i < frames; ++i) {
            samples[i] = static_cast<float>(
                0.5 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / sampleRate + 0.3 * c));
        }
    }
    return buffer;
}

AudioBuffer noise(int channels, std::int64_t frames, std::uint64_t seed, float amplitude) {
    std::mt19937_64 generator(seed);
    std::uniform_real_distribution<float> uniform(-amplitude, amplitude);
    AudioBuffer buffer(channels, frames);
    for (float& sample : buffer.samples())
        sample = uniform(generator);
    return buffer;
}

} // namespace headroom::test
