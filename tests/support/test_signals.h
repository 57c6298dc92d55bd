#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom::test {

/// A sine of `hertz` at amplitude 0.5 in every channel, the phase shifted a little from channel to channel.
AudioBuffer sine(int channels, std::int64_t frames, double hertz, int sampleRate = 44100);

/// Seeded white noise, uniform in [-amplitude, amplitude], different in every channel.
AudioBuffer noise(int channels, std::int64_t frames, std::uint64_t seed, float amplitude = 0.5F);

} // namespace headroom::test
