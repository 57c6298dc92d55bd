// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/separate/overlap_add.h"
#include "core/separate/separate_stream.h"

#include <cstdint>

namespace headroom {

/// Which frames of a stream are read, separated and dropped to get the stems of a part of it. Sources of
/// frames that coincide at both rates are whole periods apart, so resamplers start at such frames.
struct StreamPart {
    std::int64_t readFrom = 0;      ///< first frame of the stream that is read
    std::int64_t droppedInput = 0;  ///< frames at the model's rate to drop before the first segment
    std::int64_t modelBegin = 0;    ///< start of the first segment, at the model's rate
    std::int64_t modelFrames = 0;   ///< separated frames that suffice, from modelBegin on
    std::int64_t droppedStems = 0;  ///< separated frames to drop, so that both rates coincide at the next one
    std::int64_t droppedFrames = 0; ///< frames at the stream's rate to drop before the first of the range
    std::int64_t frames = 0;        ///< frames in the range
};

/// @param range clipped to the stream, at least one frame
StreamPart streamPart(const OverlapAdd& segments, int modelRate, const AudioStream& stream,
                      const FrameRange& range);

} // namespace headroom
