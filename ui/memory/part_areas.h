#pragma once

#include "core/values/forecast.h"

#include <cstdint>
#include <vector>

class QCPGraph;
class QCustomPlot;

namespace headroom::ui {

class AreaGraph;
struct Palette;

/// The memory of a step by part, one upon the other. Of all points in a column of pixels the one with the
/// most memory is drawn, so that no peak is too thin to be seen. Part of the plot. GUI thread.
class PartAreas {
public:
    explicit PartAreas(QCustomPlot& plot);

    void setPalette(const Palette& palette);
    /// Takes what lies in a stretch of the axis. @param forecast null: nothing
    void fill(const Forecast* forecast, std::int64_t others, double from, double to, int columns);

private:
    AreaGraph* others_;
    std::vector<AreaGraph*> parts_; ///< context, and then by MemoryPart, each the sum up to it
};

/// The points of a timeline that stand for a stretch: where there are more than columns, the highest of each
/// column with the column's place as its event; else those in view and one on either side.
std::vector<TimelinePoint> highestByColumn(const std::vector<TimelinePoint>& timeline, double from, double to,
                                           int columns);

} // namespace headroom::ui
