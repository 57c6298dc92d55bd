#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom {

/// Where a stereo sound stands between the two speakers, as a change of what it has; the default changes
/// nothing. Mono sound is left as it is. Any thread.
struct StereoImage {
    double width = 1;   ///< factor of the difference between left and right; 0: mono
    double balance = 0; ///< in [-1, 1]: left times 1 + balance, right times 1 - balance
    /// Widens even mono sound: this much of the sum of both channels, `delay` later, is added to the
    /// difference. Negative: with left and right the other way round.
    double echo = 0;
    std::int64_t delay = 0; ///< frames; what lies before the sound's begin is silence

    void apply(AudioBuffer& sound) const;

    bool operator==(const StereoImage&) const = default;
};

} // namespace headroom
