// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include <cstddef>

class QStatusBar;

namespace headroom::ui {

class RunModel;
class OverflowRow;
class SteadyLabel;

/// Shows the state of the run in the status bar and announces new scores to screen readers. GUI thread.
class RunStatus : public QObject {
    Q_OBJECT

public:
    /// @param bar outlives this
    RunStatus(RunModel& run, QStatusBar& bar);

private:
    SteadyLabel* addField(const QString& name);
    void update();
    void updateRun();
    void updateRanks();
    void updateDisk();
    void announceScores();
    static void set(SteadyLabel* field, const QString& text);

    RunModel& run_;
    OverflowRow* fields_;       ///< owned by the status bar
    std::size_t announced_ = 0; ///< validations announced so far
    SteadyLabel* state_;
    SteadyLabel* epoch_;
    SteadyLabel* step_;
    SteadyLabel* rate_;
    SteadyLabel* elapsed_;
    SteadyLabel* eta_;
    SteadyLabel* ranks_;
    SteadyLabel* loss_;
    SteadyLabel* score_;
    SteadyLabel* saved_;
    SteadyLabel* disk_;
    QTimer pace_;  ///< limits the update rate during a run
    QTimer clock_; ///< updates ages and free disk space
};

} // namespace headroom::ui
