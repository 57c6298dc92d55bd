// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"

#include <cstdint>

/// Measurements and spectrograms of playback audio. Thread-safe.
namespace headroom {

LoudnessAnswer loudnessOf(const AudioSum& audio, int sampleRate);

/// SDR of each complete second, and the cSDR. The SDR is absent if the ground truth or the estimate is
/// silent.
SdrAnswer sdrBySecond(const AudioSum& estimate, const AudioSum& truth, int sampleRate);

/// Peaks of the frames [begin, begin + frames).
PeaksAnswer peaksOf(const AudioSum& audio, std::int64_t begin, std::int64_t frames);

SpectrogramTile tileOf(const TileRequest& request);

} // namespace headroom
