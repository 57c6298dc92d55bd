#pragma once

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

/// The charts of a run on one time axis that zooms and pans them together, and the numbers at the cross-hair
/// beside them. Wheel zooms, drag pans, double click shows the whole run; arrows go from validation to
/// validation, + and - zoom, N and Shift+N go from mark to mark, Return opens the selected epoch.
/// GUI thread.
class TrainingPlot : public QWidget {
    Q_OBJECT

public:
    /// @param theme outlives this
    explicit TrainingPlot(Theme& theme, QWidget* parent = nullptr);
    ~TrainingPlot() override;

    /// @param history outlives this, or the next call
    void setHistory(const RunHistory& history);
    /// Something was added to the history. Drawn at a bounded rate, where it is shown.
    void historyGrew();

    void setAxis(RunAxis axis);
    void setSmoothing(double weight);
    void setLogLoss(bool logarithmic);
    /// Whether the view goes along with a run that goes on.
    void setFollow(bool follow);
    void setForecast(std::optional<std::int64_t> deviceBytes);
    int charts() const;
    QString chartTitle(int chart) const;
    bool isChartShown(int chart) const;
    void showChart(int chart, bool shown);

    const RunView& view() const { return view_; }
    void fit();
    /// The validation that is selected; null where none is.
    const RunHistory::Validation* selected() const;

    // Pictures of what is in view, with the numbers beside it as a legend. Both throw Error when it cannot be
    // written.
    /// @param title of the picture: the run's name  @param subtitle how it stands
    void savePng(const QString& path, const QString& title, const QString& subtitle);
    void saveSvg(const QString& path, const QString& title, const QString& subtitle);

Q_SIGNALS:
    void selectionChanged();
    /// The selected epoch is to be heard.
    void opened();
    void tableWanted();

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
    void redraw(); ///< with new curves, soon, or when it is shown
    void updateCurves();
    void onRange(const QCPRange& range);
    void showRange(double from, double to);
    void zoom(double factor);
    double end() const; ///< where the run is now
    void follow();
    void point(std::optional<double> x);
    void replotHair();
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
    MarkStrip* marks_ = nullptr; ///< of the plot
    CrossHair* hair_ = nullptr;  ///< of the plot
    RunView view_;
    bool follow_ = true;
    bool whole_ = true;     ///< the whole run is in view
    bool dirty_ = true;     ///< the curves are not those of the view
    bool ownRange_ = false; ///< the range is being set by this object
    std::optional<double> pointed_;
    std::optional<int> selectedEpoch_;
    QTimer pace_; ///< between two drawings of a run that goes on
};

} // namespace headroom::ui
