// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace headroom {

/// The stems of one segment, each with the segment's channels and frames.
using SegmentStems = std::vector<AudioBuffer>;

/// Separates segments of equal length together. Returns the stems of each, in the order of the segments.
using SegmentFunction = std::function<std::vector<SegmentStems>(std::span<const AudioBuffer> segments)>;

/// Thrown by a SegmentFunction to end separation within a batch after a stop request.
struct SeparationStopped {};

/// A model as separation sees it: a function that separates segments, with its sample rate and channels.
struct SegmentModel {
    int sampleRate = 44100; ///< Hz
    int channels = 2;
    std::vector<std::string> stems;
    std::int64_t segmentFrames = 0; ///< segment length at the model's rate; shorter segments are valid too
    double overlap = 0.5;           ///< overlap of consecutive segments, as a fraction of a segment
    int batchSize = 1;              ///< segments that are separated together, at most; at least 1
    /// Segments start at multiples of this many frames. With the hop length of the STFT, the STFT frames of a
    /// segment equal those of the whole song.
    std::int64_t alignment = 1;
    SegmentFunction separate;
};

} // namespace headroom
