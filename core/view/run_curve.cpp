// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/run_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace headroom {
namespace {

/// The first bucket whose end is at x or later.
std::size_t firstEndingAt(const BucketedSeries& series, const RunScale& scale, double x) {
    std::size_t low = 0;
    std::size_t high = series.buckets();
    while (low < high) {
        const std::size_t middle = std::midpoint(low, high);
        if (scale.x(series.end(middle)) < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

double RunScale::x(const BucketedSeries::Position& position) const {
    switch (axis) {
    case RunAxis::Epoch:
        return position.step / stepsPerEpoch;
    case RunAxis::Step:
        return position.step;
    case RunAxis::Clock:
        return position.seconds;
    }
    return 0;
}

std::vector<CurvePoint> curve(const BucketedSeries& series, std::size_t channel, const RunScale& scale,
                              double from, double to, int columns) {
    const double columnWidth = (to - from) / std::max(columns, 1);
    std::vector<CurvePoint> points;
    BucketedSeries::Range range;
    double column = 0;
    const std::size_t inside = firstEndingAt(series, scale, from);
    for (std::size_t i = inside > 0 ? inside - 1 : 0; i < series.buckets(); ++i) {
        const double x = scale.x(series.end(i));
        const BucketedSeries::Range& bucket = series.at(channel, i);
        if (bucket.count == 0)
            continue;
        const double here = columnWidth > 0 ? std::floor((x - from) / columnWidth) : 0;
        if (points.empty() || here != column) {
            points.emplace_back();
            range = {};
            column = here;
        }
        range.add(bucket);
        points.back() = {x, range.min, range.max, range.mean(), i};
        if (x > to)
            break;
    }
    return points;
}

std::vector<double> smoothed(const BucketedSeries& series, std::size_t channel, double weight) {
    std::vector<double> averages(series.buckets(), std::numeric_limits<double>::quiet_NaN());
    double sum = 0;
    double weights = 0;
    for (std::size_t i = 0; i < series.buckets(); ++i) {
        const BucketedSeries::Range& bucket = series.at(channel, i);
        if (bucket.count > 0) {
            const double keep = std::pow(weight, static_cast<double>(bucket.count));
            sum = keep * sum + (1 - keep) * bucket.mean();
            weights = keep * weights + (1 - keep);
        }
        if (weights > 0)
            averages[i] = sum / weights;
    }
    return averages;
}

std::size_t bucketAt(const BucketedSeries& series, const RunScale& scale, double x) {
    const std::size_t after = std::min(firstEndingAt(series, scale, x), series.buckets() - 1);
    if (after == 0)
        return 0;
    const double toAfter = scale.x(series.end(after)) - x;
    const double toBefore = x - scale.x(series.end(after - 1));
    return toBefore < toAfter ? after - 1 : after;
}

} // namespace headroom
