// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// A growing series with several channels, in bounded memory. Keeps every value up to `mostBuckets`
/// positions. Each time the buckets are full, neighboring buckets are merged in pairs, keeping minimum,
/// maximum, sum and count of each channel, so that a bucket covers a range of positions.
class BucketedSeries {
public:
    /// The position of values; both members never decrease.
    struct Position {
        double step = 0;
        double seconds = 0;
    };
    /// The values of one channel in one bucket; there are none if count is 0.
    struct Range {
        double min = 0;
        double max = 0;
        double sum = 0;
        std::int64_t count = 0;

        double mean() const { return sum / static_cast<double>(count); }
        void add(const Range& other);
    };

    /// @param mostBuckets even
    explicit BucketedSeries(std::size_t channels, std::size_t mostBuckets = 16384);

    /// Adds one value per channel; non-finite values count as absent.
    void add(const Position& position, std::span<const double> values);
    /// Removes the buckets that extend beyond a step.
    void truncateAfter(double step);

    std::size_t buckets() const { return begins_.size(); }
    std::size_t channels() const { return channels_.size(); }
    const Position& begin(std::size_t bucket) const { return begins_[bucket]; } ///< first position
    const Position& end(std::size_t bucket) const { return ends_[bucket]; }     ///< last position
    const Range& at(std::size_t channel, std::size_t bucket) const { return channels_[channel][bucket]; }

private:
    void halve();

    std::size_t mostBuckets_;
    std::size_t perBucket_ = 1; ///< positions per full bucket
    std::size_t inLast_ = 0;    ///< positions in the last bucket
    std::vector<Position> begins_;
    std::vector<Position> ends_;
    std::vector<std::vector<Range>> channels_;
};

} // namespace headroom
