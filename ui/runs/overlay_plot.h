// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// Overlays the scores and losses of several runs, each with its own line style. The wheel zooms, dragging
/// pans, a double click shows everything. GUI thread.
class OverlayPlot : public QWidget {
    Q_OBJECT

public:
    struct Run {
        QString name;
        const RunHistory* history = nullptr; ///< outlives the plot or the next setRuns()
    };

    /// @param theme outlives this
    explicit OverlayPlot(Theme& theme, QWidget* parent = nullptr);

    void setRuns(std::vector<Run> runs);
    void setAxis(RunAxis axis);
    /// Shows the full range of the histories.
    void fit();
    /// Redraws after histories have grown. Extends the range if it was the full range before.
    void grow();

private:
    void build();
    void redraw();
    void updateCurves();
    void drawRun(const Run& run, std::size_t index, double from, double to);
    RunScale scaleOf(const RunHistory& history) const;

    Theme& theme_;
    QCustomPlot* plot_;
    QCPAxisRect* scores_ = nullptr; ///< owned by the plot
    QCPAxisRect* losses_ = nullptr; ///< owned by the plot
    QCPLegend* legend_ = nullptr;   ///< owned by the plot
    std::vector<Run> runs_;
    RunAxis axis_ = RunAxis::Epoch;
    double fullEnd_ = 1; ///< end of the full range of the time axis at the last fit()
    bool dirty_ = true;
};

} // namespace headroom::ui
