// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAction>
#include <QObject>

#include <vector>

namespace headroom::ui {

class RunModel;

/// The actions of a run, for tool bar, menu and keyboard. GUI thread.
class RunActions : public QObject {
    Q_OBJECT

public:
    explicit RunActions(RunModel& run);

    QAction start{this};    ///< starts a run, or resumes the open one if possible
    QAction startNew{this}; ///< starts a new run; visible only while `start` resumes
    QAction pause{this};    ///< pauses, or resumes a paused run
    QAction stop{this};
    QAction saveNow{this};

    std::vector<QAction*> all() { return {&start, &startNew, &pause, &stop, &saveNow}; }

private:
    void connectActions();
    void update();

    RunModel& run_;
};

} // namespace headroom::ui
