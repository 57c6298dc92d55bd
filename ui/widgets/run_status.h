#pragma once

#include <QLabel>
#include <QObject>
#include <QTimer>

class QStatusBar;

namespace headroom::ui {

class RunModel;

/// How the run stands, in the window's status bar. GUI thread.
class RunStatus : public QObject {
    Q_OBJECT

public:
    /// @param bar outlives this
    RunStatus(RunModel& run, QStatusBar& bar);

private:
    QLabel* addField(QStatusBar& bar, const QString& name);
    void update();
    void updateRun();
    void updateDisk();
    static void set(QLabel* field, const QString& text);

    RunModel& run_;
    QLabel* state_;
    QLabel* epoch_;
    QLabel* step_;
    QLabel* rate_;
    QLabel* elapsed_;
    QLabel* eta_;
    QLabel* loss_;
    QLabel* score_;
    QLabel* saved_;
    QLabel* disk_;
    QTimer pace_;  ///< between two updates of a run that goes on
    QTimer clock_; ///< for what ages by itself
};

} // namespace headroom::ui
