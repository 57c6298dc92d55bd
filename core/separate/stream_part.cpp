// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/stream_part.h"

#include "core/audio/resampler.h"
#include "core/support/rounding.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace headroom {

StreamPart streamPart(const OverlapAdd& segments, int modelRate, const AudioStream& stream,
                      const FrameRange& range) {
    StreamPart part;
    part.frames = range.end - range.first;
    // Between two coinciding frames there are `period` frames at each rate.
    const std::int64_t common = std::gcd(stream.sampleRate, modelRate);
    const std::int64_t period = stream.sampleRate / common;
    const std::int64_t modelPeriod = modelRate / common;
    // A resampler that starts in the middle of a song settles within this many frames at the lower rate.
    constexpr std::int64_t settling = 8192;
    const bool resamples = stream.sampleRate != modelRate;
    const std::int64_t margin =
        resamples ? settling * std::max<std::int64_t>(1, modelRate / stream.sampleRate) : 0;

    const std::int64_t modelFirst = range.first * modelRate / stream.sampleRate;
    const std::int64_t lead = resamples ? margin + modelPeriod : 0;
    const std::int64_t modelLength = Resampler::outputFrames(stream.frames, stream.sampleRate, modelRate);
    part.modelBegin = segments.startFor(modelFirst - lead, modelLength);
    const std::int64_t periods = std::max<std::int64_t>(0, part.modelBegin - margin) / modelPeriod;
    part.readFrom = periods * period;
    part.droppedInput = part.modelBegin - periods * modelPeriod;

    const std::int64_t coinciding = roundUp(part.modelBegin, modelPeriod);
    part.droppedStems = coinciding - part.modelBegin;
    part.droppedFrames = range.first - coinciding / modelPeriod * period;
    part.modelFrames = range.end == stream.frames
                           ? std::numeric_limits<std::int64_t>::max()
                           : divideUp(range.end * modelRate, stream.sampleRate) + margin - part.modelBegin;
    return part;
}

} // namespace headroom
