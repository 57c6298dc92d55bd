#pragma once

#include "ui/plots/readout.h"

#include <QString>

#include <vector>

class QCustomPlot;
class QWidget;

namespace headroom::ui {

struct Palette;

/// What a picture of a chart says besides the chart, so that it can be read alone.
struct PlotCaption {
    struct Entry {
        QString text;
        QColor color;
        Sign sign = Sign::Line;
    };
    QString title;
    QString subtitle;
    std::vector<Entry> legend = {};
    QWidget* beside = nullptr; ///< drawn to the right of the chart, as it stands; null: nothing
};

/// Pictures of a chart as it stands in its widget, under its title and above its legend, for other programs.
/// PNG is twice as large as on the screen. Both throw Error where they cannot be written.
void savePlotPng(QCustomPlot& plot, const QString& path, const PlotCaption& caption, const Palette& palette);
void savePlotSvg(QCustomPlot& plot, const QString& path, const PlotCaption& caption, const Palette& palette);

} // namespace headroom::ui
