// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/part_areas.h"

#include "ui/memory/card_use.h"
#include "ui/plots/area_graph.h"
#include "ui/text/memory_text.h"
#include "ui/theme/palette.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

bool isBefore(double event, const TimelinePoint& point) {
    return event < static_cast<double>(point.event);
}

} // namespace

std::vector<TimelinePoint> highestByColumn(const std::vector<TimelinePoint>& timeline, double from, double to,
                                           int columns) {
    auto begin = std::upper_bound(timeline.begin(), timeline.end(), from, isBefore);
    if (begin != timeline.begin())
        --begin; // the value at `from`
    auto end = std::upper_bound(begin, timeline.end(), to, isBefore);
    if (end - begin <= columns || columns < 1)
        return {begin, end == timeline.end() ? end : end + 1};
    std::vector<TimelinePoint> shown;
    auto next = begin;
    for (int column = 0; column < columns; ++column) {
        const double left = from + (to - from) * column / columns;
        const double right = from + (to - from) * (column + 1) / columns;
        auto highest = next == begin ? next : std::prev(next); // the value of the previous column
        for (; next != end && static_cast<double>(next->event) < right; ++next)
            if (next->allocated() > highest->allocated())
                highest = next;
        shown.push_back(*highest);
        shown.back().event = std::llround(left);
    }
    return shown;
}

PartAreas::PartAreas(QCustomPlot& plot) : others_(new AreaGraph(plot.xAxis, plot.yAxis)) {
    AreaGraph* below = others_;
    for (std::size_t i = 0; i <= memoryParts; ++i) {
        parts_.push_back(new AreaGraph(plot.xAxis, plot.yAxis));
        parts_.back()->setLower(below);
        below = parts_.back();
    }
    for (AreaGraph* area : {others_, parts_.front()})
        area->setAdaptiveSampling(false);
    others_->setLineStyle(QCPGraph::lsStepLeft);
    for (AreaGraph* area : parts_) {
        area->setLineStyle(QCPGraph::lsStepLeft);
        area->setAdaptiveSampling(false); // the points are already thinned
    }
}

void PartAreas::setPalette(const Palette& palette) {
    others_->setPen(Qt::NoPen);
    others_->setBrush(QBrush(palette.faintText, Qt::BDiagPattern));
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        parts_[i]->setPen(Qt::NoPen);
        parts_[i]->setBrush(i == 0 ? palette.context : palette.parts[i - 1]);
    }
}

void PartAreas::fill(const Forecast* forecast, std::int64_t others, double from, double to, int columns) {
    QVector<QCPGraphData> below;
    std::vector<QVector<QCPGraphData>> sums(parts_.size());
    const auto add = [&](const TimelinePoint& point, double event) {
        std::int64_t sum = others + forecast->reserve;
        const std::int64_t context = forecast->deviceTotal - forecast->peakReserved - sum;
        below.append(QCPGraphData(event, gib(sum)));
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sum += i == 0 ? context : point.parts[i - 1];
            sums[i].append(QCPGraphData(event, gib(sum)));
        }
    };
    if (forecast != nullptr && !forecast->timeline.empty()) {
        const auto points = highestByColumn(forecast->timeline, from, to, columns);
        for (const TimelinePoint& point : points)
            add(point, static_cast<double>(point.event));
        // The last value holds to the end of the view or of the step.
        if (!points.empty())
            add(points.back(), std::max(static_cast<double>(points.back().event),
                                        std::min(to, static_cast<double>(forecast->events))));
    }
    others_->data()->set(below, true);
    for (std::size_t i = 0; i < sums.size(); ++i)
        parts_[i]->data()->set(sums[i], true);
}

} // namespace headroom::ui
