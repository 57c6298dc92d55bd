#pragma once

#include <qcustomplot.h>

namespace headroom::ui {

/// For charts that are drawn often. The edges of areas are not smoothed, which would take most of the time.
/// And the chart is painted with the rest of the window, not within its replot.
inline void useQuickDrawing(QCustomPlot& plot) {
    plot.setNotAntialiasedElements(QCP::aeFills);
    plot.setPlottingHints(QCP::phCacheLabels);
}

} // namespace headroom::ui
