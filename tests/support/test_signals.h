// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom::test {

/// A sine of amplitude 0.5 in every channel, with a phase shift of 0.3 rad per channel.
AudioBuffer sine(int channels, std::int64_t frames, double hertz, int sampleRate = 44100);

/// Seeded white noise, uniform in [-amplitude, amplitude], different in each channel.
AudioBuffer noise(int channels, std::int64_t frames, std::uint64_t seed, float amplitude = 0.5F);

} // namespace headroom::test
