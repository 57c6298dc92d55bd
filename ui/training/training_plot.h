// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/text/mark_text.h"
#include "ui/training/run_view.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QCPAxis;
class QCPRange;
class QCustomPlot;

namespace headroom::ui {

class CrossHair;
class MarkStrip;
class PlotRow;
class RunReadout;
class Theme;

/// The charts of a run on a shared time axis, and the values at the cross-hair beside them. The wheel zooms,
/// drag pans, double-click shows the whole run. Left and Right select the previous or next validation, + and
/// - zoom, Home shows the whole run, N and Shift+N go to the next or previous mark, T opens the table, Return
/// opens the selected epoch. GUI thread.
class TrainingPlot : public QWidget {
    Q_OBJECT

public:
    /// @param theme outlives this
    explicit TrainingPlot(Theme& theme, QWidget* parent = nullptr);
    ~TrainingPlot() override;

    /// @param history valid until the next call, or outlives this
    void setHistory(const RunHistory& history);
    /// Call after events were added to the history. Redraws at a limited rate while visible.
    void historyExtended();

    void setAxis(RunAxis axis);
    void setSmoothing(double weight);
    void setLogLoss(bool logarithmic);
    /// Whether the visible range follows the newest step.
    void setFollow(bool follow);
    void setForecast(std::optional<std::int64_t> deviceBytes);
    int charts() const;
    QString chartTitle(int chart) const;
    bool isChartShown(int chart) const;
    void showChart(int chart, bool shown);

    const RunView& view() const { return view_; }
    void fit();
    /// The selected validation; null if there is none.
    const RunHistory::Validation* selected() const;

    // Write pictures of the visible range, with the values beside it as a legend. Both throw Error if the
    // file cannot be written.
    /// @param title of the picture: the name of the run  @param subtitle its state
    void savePng(const QString& path, const QString& title, const QString& subtitle);
    void saveSvg(const QString& path, const QString& title, const QString& subtitle);

Q_SIGNALS:
    void selectionChanged();
    /// The user requested to listen to the selected epoch.
    void openRequested();
    /// A key moved the cross-hair to a mark.
    void markReached(const headroom::ui::MarkText& text);
    void tableRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void connectPlot();
    void applyTheme();
    void layOutCharts();
    void redraw(); ///< updates the curves at the next replot, or when shown
    void updateCurves();
    void onRange(const QCPRange& range);
    void showRange(double from, double to);
    void zoom(double factor);
    double end() const; ///< current position of the run
    void follow();
    void point(std::optional<double> x);
    void replotCrossHair();
    void updateReadout();
    void select(double x);
    void stepSelection(int direction);
    void goToMark(bool next);
    QString placeText(double x) const;

    Theme& theme_;
    QCustomPlot* plot_;
    RunReadout* readout_;
    std::vector<std::unique_ptr<PlotRow>> rows_;
    std::vector<bool> shown_;
    MarkStrip* marks_ = nullptr;     ///< owned by the plot
    CrossHair* crossHair_ = nullptr; ///< owned by the plot
    RunView view_;
    bool follow_ = true;
    bool whole_ = true;     ///< the whole run is visible
    bool dirty_ = true;     ///< the curves are out of date
    bool ownRange_ = false; ///< this object is changing the range
    std::optional<double> pointed_;
    std::optional<int> selectedEpoch_;
    QTimer pace_; ///< limits the replot rate during a run
};

} // namespace headroom::ui
