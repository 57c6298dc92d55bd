// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/peak_pyramid.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace headroom {
namespace {

Peak merged(std::span<const Peak> peaks) {
    Peak sum = peaks.front();
    sum.meanSquare = 0;
    for (const Peak& peak : peaks) {
        sum.lowest = std::min(sum.lowest, peak.lowest);
        sum.highest = std::max(sum.highest, peak.highest);
        sum.meanSquare += peak.meanSquare / static_cast<float>(peaks.size());
    }
    return sum;
}

} // namespace

void PeakPyramid::put(std::int64_t begin, const std::vector<Peak>& peaks) {
    std::int64_t first = begin / framesPerPeak;
    if (peaks.empty() || first > this->peaks())
        return;
    if (levels_.empty())
        levels_.emplace_back();
    levels_.front().resize(static_cast<std::size_t>(first));
    levels_.front().insert(levels_.front().end(), peaks.begin(), peaks.end());
    for (std::size_t level = 0; std::ssize(levels_[level]) > step; ++level) {
        if (level + 1 == levels_.size())
            levels_.emplace_back();
        const std::vector<Peak>& fine = levels_[level];
        std::vector<Peak>& coarse = levels_[level + 1];
        first /= step;
        coarse.resize(static_cast<std::size_t>(first));
        for (auto i = static_cast<std::size_t>(first * step); i < fine.size(); i += step)
            coarse.push_back(
                merged(std::span(fine).subspan(i, std::min<std::size_t>(step, fine.size() - i))));
    }
}

std::optional<Peak> PeakPyramid::over(double begin, double end) const {
    // The coarsest level that has at least two peaks in the range.
    std::size_t level = 0;
    double framesEach = framesPerPeak;
    while (level + 1 < levels_.size() && framesEach * step * 2 <= end - begin) {
        framesEach *= step;
        ++level;
    }
    if (levels_.empty())
        return std::nullopt;
    const std::vector<Peak>& peaks = levels_[level];
    const auto first = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(begin / framesEach)));
    const auto last = std::min<std::int64_t>(
        std::ssize(peaks), std::max(first + 1, static_cast<std::int64_t>(std::ceil(end / framesEach))));
    if (first >= last)
        return std::nullopt;
    return merged(std::span(peaks).subspan(first, last - first));
}

} // namespace headroom
