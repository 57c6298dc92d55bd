#pragma once

#include "core/session/listening.h"

#include <cstdint>

/// What can be measured of a sound that one listens to. Any thread.
namespace headroom {

LoudnessAnswer loudnessOf(const SoundSum& sound, int sampleRate);

/// As cSDR is defined (core/metrics): whole seconds, those with a silent reference or estimate undefined.
SdrAnswer sdrBySecond(const SoundSum& estimate, const SoundSum& reference, int sampleRate);

/// Peaks of the frames [begin, begin + frames).
PeaksAnswer peaksOf(const SoundSum& sound, std::int64_t begin, std::int64_t frames);

SpectrogramTile tileOf(const TileRequest& request);

} // namespace headroom
