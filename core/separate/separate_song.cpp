// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/separate_song.h"

#include "core/separate/overlap_add.h"

#include <algorithm>

namespace headroom {
namespace {

/// Copies each part into its stem at `position`. Returns the end position.
std::int64_t append(const std::vector<AudioBuffer>& parts, std::int64_t position,
                    std::vector<AudioBuffer>& stems) {
    for (std::size_t s = 0; s < parts.size(); ++s) {
        for (int c = 0; c < parts[s].channels(); ++c)
            std::copy(parts[s].channel(c).begin(), parts[s].channel(c).end(),
                      stems[s].channel(c).begin() + position);
    }
    return position + parts.front().frames();
}

std::optional<std::vector<AudioBuffer>> separate(const SegmentModel& model, const AudioBuffer& mixture,
                                                 const std::stop_token& stop,
                                                 const SeparationProgress& progress) {
    OverlapAdd overlapAdd(model, mixture.channels());
    std::vector<AudioBuffer> stems(model.stems.size(), AudioBuffer(mixture.channels(), mixture.frames()));
    std::int64_t done = 0;
    for (std::int64_t begin = 0; begin < mixture.frames(); begin += overlapAdd.hopFrames()) {
        if (stop.stop_requested())
            return std::nullopt;
        const std::int64_t frames = std::min(overlapAdd.hopFrames(), mixture.frames() - begin);
        done = append(overlapAdd.process(mixture.part(begin, frames)), done, stems);
        if (progress)
            progress(done, mixture.frames());
    }
    if (stop.stop_requested())
        return std::nullopt;
    done = append(overlapAdd.finish(), done, stems);
    if (progress)
        progress(done, mixture.frames());
    return stems;
}

} // namespace

std::optional<std::vector<AudioBuffer>> separateSong(const SegmentModel& model, const AudioBuffer& mixture,
                                                     const std::stop_token& stop,
                                                     const SeparationProgress& progress) {
    try {
        return separate(model, mixture, stop, progress);
    } catch (const SeparationStopped&) {
        return std::nullopt;
    }
}

} // namespace headroom
