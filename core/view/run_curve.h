#pragma once

#include "core/view/bucketed_series.h"

#include <cstddef>
#include <vector>

/// What a graph draws of a series.
namespace headroom {

/// What the time axis of a run counts.
enum class RunAxis { Epoch, Step, Clock };

/// From a position of a run to its place on the axis, and back.
struct RunScale {
    RunAxis axis = RunAxis::Epoch;
    double stepsPerEpoch = 1;

    double x(const BucketedSeries::Position& position) const;
};

/// The numbers of one pixel column.
struct CurvePoint {
    double x = 0;
    double min = 0;
    double max = 0;
    double mean = 0;
    std::size_t lastBucket = 0; ///< of those that it stands for
};

/// One channel of a series between two places of the axis, and one point beyond either, so that lines reach
/// the border: about one point a column where there are more buckets than columns, and else one a bucket.
/// Nothing is lost of smallest and largest.
std::vector<CurvePoint> curve(const BucketedSeries& series, std::size_t channel, const RunScale& scale,
                              double from, double to, int columns);

/// The exponential moving average of one channel after each bucket, without the bias of its beginning.
/// @param weight of the past at each position, in [0, 1)
std::vector<double> smoothed(const BucketedSeries& series, std::size_t channel, double weight);

/// The bucket whose end is nearest to a place on the axis; there must be one.
std::size_t bucketAt(const BucketedSeries& series, const RunScale& scale, double x);

} // namespace headroom
