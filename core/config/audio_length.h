// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cmath>
#include <cstdint>

namespace headroom {

/// The samples of one channel in this many seconds, at the sample rate of the configuration.
inline std::int64_t samplesIn(const AudioConfig& audio, double seconds) {
    return std::llround(seconds * audio.sampleRate);
}

/// The samples of one channel of a training segment, of the longest if they vary.
inline std::int64_t segmentSamples(const AudioConfig& audio) {
    return samplesIn(audio, audio.segmentLength);
}

/// The mean length of the training segments, as a fraction of the longest.
inline double meanSegmentShare(const AudioConfig& audio) {
    return 1 - audio.segmentShortening / 2;
}

} // namespace headroom
