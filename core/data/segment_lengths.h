// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cstdint>

namespace headroom {

/// The lengths of the segments of a run, batch by batch. All batches of an update have the same length, so
/// that ranks do not wait for the one with the longest segments.
class SegmentLengths {
public:
    /// Every batch has this length.
    SegmentLengths(std::int64_t frames) : longest_(frames) {} // deliberately implicit

    /// As AudioConfig::segmentShortening says: one of up to 16 lengths, all with equal probability, which lie
    /// whole STFT hops apart. A pure function of the configuration, and the same on every platform.
    explicit SegmentLengths(const RunConfig& config);

    /// Frames of the batch with this first example.
    std::int64_t of(std::int64_t firstExample) const;
    std::int64_t longest() const { return longest_; }

    bool operator==(const SegmentLengths&) const = default;

private:
    std::int64_t longest_;      // frames
    std::int64_t apart_ = 0;    // frames
    std::int64_t count_ = 1;    // of different lengths
    std::int64_t together_ = 1; // examples of an update
    std::uint64_t seed_ = 0;
};

} // namespace headroom
