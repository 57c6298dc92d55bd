// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headroom {

/// Separates one segment. Returns one buffer per stem, each with the segment's channels and frames.
using SegmentFunction = std::function<std::vector<AudioBuffer>(const AudioBuffer& segment)>;

/// Thrown by a SegmentFunction to end separation within a segment after a stop request.
struct SeparationStopped {};

/// A model as separation sees it: a function that separates segments, with its sample rate and channels.
struct SegmentModel {
    int sampleRate = 44100; ///< Hz
    int channels = 2;
    std::vector<std::string> stems;
    std::int64_t segmentFrames = 0; ///< segment length at the model's rate; shorter segments are valid too
    double overlap = 0.5;           ///< overlap of consecutive segments, as a fraction of a segment
    /// Segments start at multiples of this many frames. With the hop length of the STFT, the STFT frames of a
    /// segment equal those of the whole song.
    std::int64_t alignment = 1;
    SegmentFunction separate;
};

} // namespace headroom
