// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/bucketed_series.h"

#include <algorithm>
#include <cmath>

namespace headroom {

void BucketedSeries::Range::add(const Range& other) {
    if (other.count == 0)
        return;
    min = count > 0 ? std::min(min, other.min) : other.min;
    max = count > 0 ? std::max(max, other.max) : other.max;
    sum += other.sum;
    count += other.count;
}

BucketedSeries::BucketedSeries(std::size_t channels, std::size_t mostBuckets)
    : mostBuckets_(mostBuckets), channels_(channels) {}

void BucketedSeries::add(const Position& position, std::span<const double> values) {
    if (begins_.empty() || inLast_ == perBucket_) {
        if (begins_.size() == mostBuckets_)
            halve();
        begins_.push_back(position);
        ends_.push_back(position);
        for (auto& channel : channels_)
            channel.emplace_back();
        inLast_ = 0;
    }
    ++inLast_;
    ends_.back() = position;
    for (std::size_t i = 0; i < channels_.size(); ++i) {
        if (std::isfinite(values[i]))
            channels_[i].back().add({values[i], values[i], values[i], 1});
    }
}

void BucketedSeries::halve() {
    const std::size_t half = mostBuckets_ / 2;
    for (std::size_t i = 0; i < half; ++i) {
        begins_[i] = begins_[2 * i];
        ends_[i] = ends_[2 * i + 1];
        for (auto& channel : channels_) {
            Range both = channel[2 * i];
            both.add(channel[2 * i + 1]);
            channel[i] = both;
        }
    }
    begins_.resize(half);
    ends_.resize(half);
    for (auto& channel : channels_)
        channel.resize(half);
    perBucket_ *= 2;
}

void BucketedSeries::truncateAfter(double step) {
    std::size_t kept = begins_.size();
    while (kept > 0 && ends_[kept - 1].step > step)
        --kept;
    if (kept == begins_.size())
        return;
    begins_.resize(kept);
    ends_.resize(kept);
    for (auto& channel : channels_)
        channel.resize(kept);
    inLast_ = perBucket_;
}

} // namespace headroom
