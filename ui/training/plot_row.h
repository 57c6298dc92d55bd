#pragma once

#include "ui/training/run_view.h"

#include <QPen>

class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCustomPlot;

namespace headroom::ui {

class AreaGraph;

/// One chart of a run's charts, which lie one above the other on one time axis. GUI thread.
class PlotRow {
public:
    /// The rectangle is made here and belongs to the plot's layout, where the caller puts it.
    explicit PlotRow(QCustomPlot& plot);
    virtual ~PlotRow() = default;
    PlotRow(const PlotRow&) = delete;
    PlotRow& operator=(const PlotRow&) = delete;

    QCPAxisRect& rect() { return *rect_; }
    virtual QString title() const = 0;
    /// Share of the height beside the others'.
    virtual double weight() const { return 1; }
    /// Takes the curves of the visible stretch, and fits the value axis to them.
    virtual void update(const RunView& view) = 0;
    /// The numbers at a place on the time axis.
    virtual Readout readout(const RunView& view, double x) const = 0;
    /// Colours of axes and grid.
    void paintFrame(const Palette& palette);

protected:
    QCustomPlot& plot() { return plot_; }
    QCPAxis& time();
    QCPAxis& values();
    /// A second value axis, on the right, for the same stretch of time.
    QCPAxis& otherValues();
    QCPGraph* addLine(QCPAxis& axis);
    /// A line with the space below it filled, down to another or to 0.
    AreaGraph* addArea(QCPAxis& axis, AreaGraph* lower = nullptr);
    /// Two lines with the space between them filled: the smallest and largest of each column.
    struct Band {
        AreaGraph* low = nullptr;
        AreaGraph* high = nullptr;
    };
    Band addBand(QCPAxis& axis);

    static void setMeans(QCPGraph& graph, const std::vector<CurvePoint>& points, double unit = 1);
    static void setBand(const Band& band, const std::vector<CurvePoint>& points, double unit = 1);
    static void setBandColor(const Band& band, const QColor& color);
    /// A line straight across, at a height; nothing where there is none.
    static void setLevel(QCPGraph& graph, const RunView& view, std::optional<double> height);
    void useLogarithm(QCPAxis& axis, bool logarithmic);
    /// Fits a value axis to numbers, with some room; on a logarithmic one those above 0 count.
    static void fit(QCPAxis& axis, double low, double high);

private:
    QCustomPlot& plot_;
    QCPAxisRect* rect_;
};

/// Smallest and largest of all points.
struct Extent {
    double low = 0;
    double high = 0;
    bool empty = true;

    void add(double value);
    void add(const std::vector<CurvePoint>& points, double unit = 1);
};

/// "0.0519", "3.0e-4": as many digits as tell something.
QString shortNumber(double value);
/// The mean of a channel at x, or at the last place before that has one, as `text` writes it; "–" where there
/// is none.
QString meanAt(const BucketedSeries& series, std::size_t channel, const RunView& view, double x,
               QString (*text)(double) = shortNumber);

} // namespace headroom::ui
