// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/plots/readout.h"
#include "ui/training/run_view.h"

#include <QPen>

class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCustomPlot;

namespace headroom::ui {

class AreaGraph;

/// One of the stacked charts of a run, which share a time axis. GUI thread.
class PlotRow {
public:
    /// Creates the axis rectangle; the caller adds it to the layout of the plot, which owns it.
    explicit PlotRow(QCustomPlot& plot);
    virtual ~PlotRow() = default;
    PlotRow(const PlotRow&) = delete;
    PlotRow& operator=(const PlotRow&) = delete;

    QCPAxisRect& rect() { return *rect_; }
    virtual QString title() const = 0;
    /// Height relative to the other charts.
    virtual double weight() const { return 1; }
    /// Updates the curves of the visible range and fits the value axis to them.
    virtual void update(const RunView& view) = 0;
    /// The values at a position on the time axis.
    virtual Readout readout(const RunView& view, double x) const = 0;
    /// Sets the colors of axes and grid.
    void applyPalette(const Palette& palette);

protected:
    QCPAxis& time();
    QCPAxis& values();
    /// A second value axis, on the right.
    QCPAxis& rightValues();
    QCPGraph* addLine(QCPAxis& axis);
    /// A line with the area below it filled, down to `lower` or to 0.
    AreaGraph* addArea(QCPAxis& axis, AreaGraph* lower = nullptr);
    /// The minimum and maximum of each pixel column, with the area between them filled.
    struct Band {
        AreaGraph* low = nullptr;
        AreaGraph* high = nullptr;
    };
    Band addBand(QCPAxis& axis);

    static void setMeans(QCPGraph& graph, const std::vector<CurvePoint>& points, double unit = 1);
    static void setBand(const Band& band, const std::vector<CurvePoint>& points, double unit = 1);
    static void setBandColor(const Band& band, const QColor& color);
    /// A horizontal line across the chart; none without a height.
    static void setHorizontalLine(QCPGraph& graph, const RunView& view, std::optional<double> height);
    void setLogScale(QCPAxis& axis, bool logarithmic);
    /// Fits a value axis to a range, with a margin. A logarithmic axis ignores values up to 0.
    static void fit(QCPAxis& axis, double low, double high);

private:
    QCustomPlot& plot_;
    QCPAxisRect* rect_;
};

/// The range of values.
struct Extent {
    double low = 0;
    double high = 0;
    bool empty = true;

    void add(double value);
    void add(const std::vector<CurvePoint>& points, double unit = 1);
};

/// "0.0519", "3.0e-04".
QString shortNumber(double value);
/// The mean of a channel at x, or at the last position before it with a value, formatted by `text`. "–" if
/// there is none.
QString meanAt(const BucketedSeries& series, std::size_t channel, const RunView& view, double x,
               QString (*text)(double) = shortNumber);

} // namespace headroom::ui
