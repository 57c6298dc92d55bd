// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom::demo {

/// A song with its stems: stereo, 44.1 kHz. Every sample is a multiple of 1 / 32768, so that 16-bit files
/// store it exactly. mixture == vocals + drums + bass + other, bit for bit. All peaks are below 1.
struct DemoSong {
    AudioBuffer vocals;
    AudioBuffer drums;
    AudioBuffer bass;
    AudioBuffer other;
    AudioBuffer mixture;
};

/// Renders a song. The result is the same on every machine. Pure, thread-safe.
DemoSong renderDemoSong(std::uint64_t seed, double seconds);

} // namespace headroom::demo
