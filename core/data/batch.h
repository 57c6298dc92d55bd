// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/segment_lengths.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// Where a stem of an example was taken from, and its augmentation.
struct SegmentOrigin {
    std::string song;
    std::string stem;
    double seconds = 0; ///< start of the segment in its song
    float gain = 1;
    double semitones = 0;   ///< pitch shift by resampling, which also changes the tempo
    bool isSwapped = false; ///< left and right channel exchanged
};

/// A micro-batch of training examples. Full scale is 1.
struct Batch {
    std::int64_t firstExample = 0; ///< index of the first example in the run's stream
    int batchSize = 0;
    int stems = 0;
    int channels = 0;
    std::int64_t frames = 0;
    std::vector<float> mixture;                      ///< [batchSize, channels, frames]; see Example
    std::vector<float> targets;                      ///< [batchSize, stems, channels, frames]
    std::vector<std::vector<SegmentOrigin>> origins; ///< by example
};

/// An endless, seeded stream of examples in micro-batches. May be called from any thread, one at a time.
class BatchSource {
public:
    virtual ~BatchSource() = default;
    /// Examples firstExample to firstExample + batchSize - 1, each lengths.of(firstExample) long. Example k
    /// does not depend on the batch size, the number of workers or earlier calls. Throws Error.
    virtual Batch batch(std::int64_t firstExample, int batchSize, const SegmentLengths& lengths) = 0;
};

} // namespace headroom
