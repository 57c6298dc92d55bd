#pragma once

#include "core/values/listening.h"

#include <cstdint>

/// What can be measured of a sound that one listens to. Any thread.
namespace headroom {

LoudnessAnswer loudnessOf(const AudioSum& sound, int sampleRate);

/// As cSDR is defined (core/metrics): whole seconds, those with a silent reference or estimate undefined.
SdrAnswer sdrBySecond(const AudioSum& estimate, const AudioSum& reference, int sampleRate);

/// Peaks of the frames [begin, begin + frames).
PeaksAnswer peaksOf(const AudioSum& sound, std::int64_t begin, std::int64_t frames);

SpectrogramTile tileOf(const TileRequest& request);

} // namespace headroom
