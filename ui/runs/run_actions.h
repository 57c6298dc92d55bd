#pragma once

#include <QAction>
#include <QObject>

#include <vector>

namespace headroom::ui {

class RunModel;

/// What one can do to a run, one action each for tool bar, menu and keyboard. GUI thread.
class RunActions : public QObject {
    Q_OBJECT

public:
    explicit RunActions(RunModel& run);

    QAction start{this};    ///< a new run, or the one that was opened or stopped, resumed
    QAction startNew{this}; ///< a new run with what the one at hand cannot take; hidden where there is none
    QAction pause{this};    ///< or resume
    QAction stop{this};
    QAction saveNow{this};

    std::vector<QAction*> all() { return {&start, &startNew, &pause, &stop, &saveNow}; }

private:
    void connectActions();
    void update();

    RunModel& run_;
};

} // namespace headroom::ui
