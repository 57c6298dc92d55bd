#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom::demo {

/// A song with its true stems: stereo, 44.1 kHz, every sample a whole number of 16-bit steps (n / 32768), so
/// that 16-bit files hold it exactly. mixture == vocals + drums + bass + other, to the bit; all peaks are
/// below 1.
struct DemoSong {
    AudioBuffer vocals;
    AudioBuffer drums;
    AudioBuffer bass;
    AudioBuffer other;
    AudioBuffer mixture;
};

/// The same song for the same seed and length on every machine. Pure; any thread.
DemoSong renderDemoSong(std::uint64_t seed, double seconds);

} // namespace headroom::demo
