// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QWidget>

namespace headroom::ui {

class RunModel;
class FractionBar;
class SteadyLabel;

/// Progress of the run. Hidden before its first step. GUI thread.
class RunProgressBar : public QWidget {
    Q_OBJECT

public:
    /// @param run outlives this
    explicit RunProgressBar(RunModel& run, QWidget* parent = nullptr);

private:
    void refresh();

    RunModel& run_;
    SteadyLabel* label_;
    FractionBar* bar_;
    QTimer pace_; ///< limits the update rate during a run
};

} // namespace headroom::ui
