// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <qcustomplot.h>

namespace headroom::ui {

/// Configures a chart that is replotted often: fills are not antialiased, which would dominate the drawing
/// time, and a replot schedules a repaint instead of painting immediately.
inline void useQuickDrawing(QCustomPlot& plot) {
    plot.setNotAntialiasedElements(QCP::aeFills);
    plot.setPlottingHints(QCP::phCacheLabels);
}

} // namespace headroom::ui
