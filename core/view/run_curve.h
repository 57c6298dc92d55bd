// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/bucketed_series.h"

#include <cstddef>
#include <vector>

/// Curves of a series for graphs.
namespace headroom {

/// The unit of the time axis of a run.
enum class RunAxis { Epoch, Step, Clock };

/// Maps a position of a run to the axis.
struct RunScale {
    RunAxis axis = RunAxis::Epoch;
    double stepsPerEpoch = 1;

    double x(const BucketedSeries::Position& position) const;
};

/// The values of one pixel column.
struct CurvePoint {
    double x = 0;
    double min = 0;
    double max = 0;
    double mean = 0;
    std::size_t lastBucket = 0; ///< of the buckets that the point summarizes
};

/// The points of one channel in a range of the axis, plus one point beyond each end so that lines reach the
/// border: about one point per column if there are more buckets than columns, otherwise one per bucket. Keeps
/// all minima and maxima.
std::vector<CurvePoint> curve(const BucketedSeries& series, std::size_t channel, const RunScale& scale,
                              double from, double to, int columns);

/// The bias-corrected exponential moving average of one channel after each bucket; NaN until the first
/// value.
/// @param weight weight of the past per position, in [0, 1)
std::vector<double> smoothed(const BucketedSeries& series, std::size_t channel, double weight);

/// The bucket whose end is nearest to x. The series must not be empty.
std::size_t bucketAt(const BucketedSeries& series, const RunScale& scale, double x);

} // namespace headroom
