#pragma once

#include <QObject>
#include <QTimer>

#include <cstddef>

class QStatusBar;

namespace headroom::ui {

class RunModel;
class SteadyLabel;

/// How the run stands, in the window's status bar; new scores are announced. GUI thread.
class RunStatus : public QObject {
    Q_OBJECT

public:
    /// @param bar outlives this
    RunStatus(RunModel& run, QStatusBar& bar);

private:
    SteadyLabel* addField(QStatusBar& bar, const QString& name);
    void update();
    void updateRun();
    void updateDisk();
    void announceScores();
    static void set(SteadyLabel* field, const QString& text);

    RunModel& run_;
    std::size_t announced_ = 0; ///< validations of the run that have been announced
    SteadyLabel* state_;
    SteadyLabel* epoch_;
    SteadyLabel* step_;
    SteadyLabel* rate_;
    SteadyLabel* elapsed_;
    SteadyLabel* eta_;
    SteadyLabel* loss_;
    SteadyLabel* score_;
    SteadyLabel* saved_;
    SteadyLabel* disk_;
    QTimer pace_;  ///< between two updates of a run that goes on
    QTimer clock_; ///< for what ages by itself
};

} // namespace headroom::ui
