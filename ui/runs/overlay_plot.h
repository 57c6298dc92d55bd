#pragma once

#include "core/view/run_curve.h"
#include "core/view/run_history.h"

#include <QString>
#include <QWidget>

#include <vector>

class QCPAxisRect;
class QCPLegend;
class QCPRange;
class QCustomPlot;

namespace headroom::ui {

class Theme;

/// Scores and losses of several runs over each other, each with a line of its own. Wheel zooms, drag pans,
/// double click shows all. GUI thread.
class OverlayPlot : public QWidget {
    Q_OBJECT

public:
    struct Run {
        QString name;
        const RunHistory* history = nullptr; ///< outlives this, or the next call of setRuns()
    };

    /// @param theme outlives this
    explicit OverlayPlot(Theme& theme, QWidget* parent = nullptr);

    void setRuns(std::vector<Run> runs);
    void setAxis(RunAxis axis);
    /// Shows all of the histories as they are now.
    void fit();
    /// Histories have grown: all is shown still if it was before.
    void grow();

private:
    void build();
    void redraw();
    void updateCurves();
    void drawRun(const Run& run, std::size_t number, double from, double to);
    RunScale scaleOf(const RunHistory& history) const;

    Theme& theme_;
    QCustomPlot* plot_;
    QCPAxisRect* scores_ = nullptr; ///< of the plot
    QCPAxisRect* losses_ = nullptr; ///< of the plot
    QCPLegend* legend_ = nullptr;   ///< of the plot
    std::vector<Run> runs_;
    RunAxis axis_ = RunAxis::Epoch;
    double wholeEnd_ = 1; ///< of the time axis, where all was shown last
    bool dirty_ = true;
};

} // namespace headroom::ui
