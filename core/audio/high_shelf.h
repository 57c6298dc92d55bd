#pragma once

#include "core/audio/audio_buffer.h"

namespace headroom {

/// Makes what lies above a corner frequency louder or softer, with a gentle slope (first order, bilinear
/// transform). Any thread.
struct HighShelf {
    double decibels = 0;  ///< gain far above the corner; 0: the sound is left as it is
    double hertz = 1'000; ///< corner, in (0, sampleRate / 2)

    void apply(AudioBuffer& sound, int sampleRate) const;

    bool operator==(const HighShelf&) const = default;
};

} // namespace headroom
