#pragma once

#include <QString>

class QCustomPlot;

/// Pictures of a chart as it stands in its widget, for other programs. Both throw Error where they cannot be
/// written.
namespace headroom::ui {

/// Twice as large as on the screen.
void savePlotPng(QCustomPlot& plot, const QString& path);
void savePlotSvg(QCustomPlot& plot, const QString& path, const QString& title);

} // namespace headroom::ui
