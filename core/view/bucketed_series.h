#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// Several numbers at each of a growing row of positions, in bounded memory. Each is kept until there are
/// `mostBuckets` positions; from then on neighbours are put together, two by two, again and again, and of
/// each channel stay the smallest number, the largest and the sum. A bucket so has the numbers of a stretch
/// of positions.
class BucketedSeries {
public:
    /// Where numbers belong; neither part ever falls.
    struct Position {
        double step = 0;
        double seconds = 0;
    };
    /// The numbers of one channel in one bucket; none of them was given where count is 0.
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

    /// Adds one number to each channel; one that is not finite counts as absent.
    void add(const Position& position, std::span<const double> values);
    /// Forgets the buckets that reach beyond a step.
    void truncateAfter(double step);

    std::size_t buckets() const { return begins_.size(); }
    std::size_t channels() const { return channels_.size(); }
    const Position& begin(std::size_t bucket) const { return begins_[bucket]; } ///< its first position
    const Position& end(std::size_t bucket) const { return ends_[bucket]; }     ///< its last
    const Range& at(std::size_t channel, std::size_t bucket) const { return channels_[channel][bucket]; }

private:
    void halve();

    std::size_t mostBuckets_;
    std::size_t perBucket_ = 1; ///< positions that a full bucket holds
    std::size_t inLast_ = 0;    ///< that the last one holds
    std::vector<Position> begins_;
    std::vector<Position> ends_;
    std::vector<std::vector<Range>> channels_;
};

} // namespace headroom
