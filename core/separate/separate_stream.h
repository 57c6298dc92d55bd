// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/separate/segment_model.h"
#include "core/separate/separate_song.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// Mono or stereo audio of any rate that is read from front to back.
struct AudioStream {
    std::string name; ///< for errors
    int sampleRate = 0;
    int channels = 0;
    std::int64_t frames = 0;
    /// Returns the frames [first, first + frames), which follow those of the last call.
    std::function<AudioBuffer(std::int64_t first, std::int64_t frames)> read;
};

/// The frames [first, end) of a song.
struct FrameRange {
    std::int64_t first = 0;
    std::int64_t end =
        std::numeric_limits<std::int64_t>::max(); ///< or the end of the song, if that is earlier
};

/// Receives the next frames of every stem, the same number of each.
using StemSink = std::function<void(const std::vector<AudioBuffer>& stems)>;

/// Separates a stream or a part of it: converts it to the model's rate and channels, separates it by
/// overlap-add (on the calling thread) and converts the stems back. Every stem has the timing, level, rate
/// and channels of the stream. While segments are separated, a second thread reads the next ones, and a third
/// thread hands over the last ones; both have ended when the function returns. Memory does not depend on the
/// length.
///
/// A part is separated in the segments that the whole stream would have, so that it gets the same context:
/// the stems equal those frames of the whole stream's stems, up to rounding if the rates differ or if
/// segments are separated in batches.
///
/// Returns false if a stop was requested, which is checked before every block, or if the SegmentFunction
/// threw SeparationStopped. Throws Error (Input) for more than two channels and for samples that are not
/// finite, (Failure) if the model's output is not finite, and what `read` and the sink throw.
/// @param range    at least one frame of the stream
/// @param sink     called on the third thread
/// @param progress counts the frames of the range that the sink has received; called on the calling thread
bool separateStream(const SegmentModel& model, const AudioStream& stream, const FrameRange& range,
                    const StemSink& sink, const std::stop_token& stop, const SeparationProgress& progress);

} // namespace headroom
