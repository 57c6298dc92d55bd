// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/plots/readout.h"

#include <QString>

#include <vector>

class QCustomPlot;
class QWidget;

namespace headroom::ui {

struct Palette;

/// Title and legend of an exported chart.
struct PlotCaption {
    struct Entry {
        QString text;
        QColor color;
        LegendSymbol symbol = LegendSymbol::Line;
    };
    QString title;
    QString subtitle;
    std::vector<Entry> legend = {};
    QWidget* side = nullptr; ///< rendered to the right of the chart; may be null
};

/// Write a picture of a chart as its widget shows it, with the title above and the legend below. PNG has
/// twice the size of the widget. Throw Error if the file cannot be written.
void savePlotPng(QCustomPlot& plot, const QString& path, const PlotCaption& caption, const Palette& palette);
void savePlotSvg(QCustomPlot& plot, const QString& path, const PlotCaption& caption, const Palette& palette);

} // namespace headroom::ui
