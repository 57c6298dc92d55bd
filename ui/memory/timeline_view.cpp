// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/timeline_view.h"

#include <algorithm>

namespace headroom::ui {

std::shared_ptr<const Forecast> runView(const std::shared_ptr<const Forecast>& forecast) {
    if (forecast == nullptr || forecast->run.points.empty())
        return nullptr;
    auto view = std::make_shared<Forecast>(*forecast);
    view->timeline = std::move(view->run.points);
    view->spans = std::move(view->run.spans);
    view->events = view->run.width;
    view->peakEvent = view->run.peak;
    view->largest.clear();
    view->run = {};
    return view;
}

std::int64_t timelinePeak(const Forecast& forecast) {
    std::int64_t peak = 0;
    for (const TimelinePoint& point : forecast.timeline)
        peak = std::max(peak, point.allocated());
    return peak;
}

} // namespace headroom::ui
