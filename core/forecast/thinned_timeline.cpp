// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/thinned_timeline.h"

#include <algorithm>

namespace headroom {

std::vector<TimelinePoint> thinned(const std::vector<TimelinePoint>& points, std::size_t most) {
    if (points.size() <= most)
        return points;
    const std::size_t intervals = most / 2;
    std::vector<TimelinePoint> kept = {points.front()};
    const auto byAllocated = [](const TimelinePoint& a, const TimelinePoint& b) {
        return a.allocated() < b.allocated();
    };
    for (std::size_t i = 0; i < intervals; ++i) {
        const auto at = [&](std::size_t interval) {
            return points.begin() + static_cast<std::ptrdiff_t>(points.size() * interval / intervals);
        };
        const auto highest = std::max_element(at(i), at(i + 1), byAllocated);
        const auto lowest = std::min_element(at(i), at(i + 1), byAllocated);
        kept.push_back(*std::min(highest, lowest));
        if (highest != lowest)
            kept.push_back(*std::max(highest, lowest));
    }
    kept.push_back(points.back());
    const auto sameEvent = [](const TimelinePoint& a, const TimelinePoint& b) { return a.event == b.event; };
    kept.erase(std::unique(kept.begin(), kept.end(), sameEvent), kept.end());
    return kept;
}

} // namespace headroom
