// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <cstdint>
#include <vector>

class QCPGraph;
class QCustomPlot;

namespace headroom::ui {

class AreaGraph;
struct Palette;

/// The memory of a step as stacked areas, one per part. Each pixel column shows its highest point, so that
/// thin peaks stay visible. The areas belong to the plot. GUI thread.
class PartAreas {
public:
    explicit PartAreas(QCustomPlot& plot);

    void setPalette(const Palette& palette);
    /// Shows the events [from, to]. @param forecast null: clears the areas  @param columns width in pixels
    void fill(const Forecast* forecast, std::int64_t others, double from, double to, int columns);

private:
    AreaGraph* others_;
    std::vector<AreaGraph*> parts_; ///< context, then by MemoryPart; each is a cumulative sum
};

/// Thins the events [from, to] of a timeline to one point per column: the highest, with the start of the
/// column as its event. If there are fewer points than columns, returns all of them and one beyond either
/// end.
std::vector<TimelinePoint> highestByColumn(const std::vector<TimelinePoint>& timeline, double from, double to,
                                           int columns);

} // namespace headroom::ui
