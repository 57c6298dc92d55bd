// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace headroom::ui {

class RunModel;

/// A line above the charts about the state of the run: it was interrupted and resumes at step N, or another
/// program trains it. Hidden if there is nothing to report. GUI thread.
class RunNotice : public QFrame {
    Q_OBJECT

public:
    /// @param run outlives this
    explicit RunNotice(RunModel& run, QWidget* parent = nullptr);

private:
    void refresh();

    RunModel& run_;
    QLabel* text_;
    QPushButton* resume_;
};

} // namespace headroom::ui
