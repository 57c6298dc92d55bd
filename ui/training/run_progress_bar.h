#pragma once

#include <QTimer>
#include <QWidget>

namespace headroom::ui {

class RunModel;
class ShareBar;
class SteadyLabel;

/// How much of the run is done. Absent before one has begun. GUI thread.
class RunProgressBar : public QWidget {
    Q_OBJECT

public:
    /// @param run outlives this
    explicit RunProgressBar(RunModel& run, QWidget* parent = nullptr);

private:
    void refresh();

    RunModel& run_;
    SteadyLabel* label_;
    ShareBar* bar_;
    QTimer pace_; ///< between two updates of a run that goes on
};

} // namespace headroom::ui
