#include "ui/models/run_actions.h"

#include "ui/models/run_model.h"
#include "ui/theme/icon.h"

namespace headroom::ui {

RunActions::RunActions(RunModel& run) : run_(run) {
    stop.setText(tr("Stop"));
    stop.setToolTip(tr("Finish the step in progress, save and end; the run can be carried on"));
    saveNow.setText(tr("Save now"));
    saveNow.setToolTip(tr("Write a checkpoint after the step in progress"));
    start.setShortcut(Qt::Key_F5);
    pause.setShortcut(Qt::Key_F6);
    stop.setShortcut(Qt::Key_F7);
    saveNow.setShortcut(Qt::Key_F8);
    start.setIcon(themeIcon(QStringLiteral("play")));
    pause.setIcon(themeIcon(QStringLiteral("pause")));
    stop.setIcon(themeIcon(QStringLiteral("stop")));
    saveNow.setIcon(themeIcon(QStringLiteral("save")));
    connectActions();
    connect(&run_, &RunModel::stateChanged, this, &RunActions::update);
    connect(&run_, &RunModel::pendingChanged, this, &RunActions::update);
    update();
}

void RunActions::connectActions() {
    connect(&start, &QAction::triggered, &run_, [this] {
        if (run_.canCarryOn())
            run_.carryOn();
        else
            run_.startNew();
    });
    connect(&startNew, &QAction::triggered, &run_, [this] { run_.startNew(); });
    connect(&pause, &QAction::triggered, &run_, [this] {
        if (run_.state() == RunState::Paused)
            run_.resume();
        else
            run_.pause();
    });
    connect(&stop, &QAction::triggered, &run_, &RunModel::stop);
    connect(&saveNow, &QAction::triggered, &run_, &RunModel::saveNow);
}

void RunActions::update() {
    const RunState state = run_.state();
    const bool steerable =
        state == RunState::Starting || state == RunState::Training || state == RunState::Paused;
    const bool carriesOn = run_.canCarryOn();
    const int changes = static_cast<int>(run_.pending().size());
    const QString anew = changes == 0   ? tr("New run")
                         : changes == 1 ? tr("New run with 1 change")
                                        : tr("New run with %1 changes").arg(changes);

    start.setEnabled(!run_.running());
    start.setText(carriesOn ? tr("Carry on") : run_.runConfig() && !run_.running() ? anew : tr("Start"));
    start.setToolTip(carriesOn ? tr("Carry on the run in %1").arg(run_.folder())
                               : tr("Begin a new run with this setting"));
    startNew.setVisible(carriesOn);
    startNew.setText(anew);
    pause.setEnabled(steerable);
    pause.setText(state == RunState::Paused ? tr("Resume") : tr("Pause"));
    pause.setToolTip(tr("After the step in progress; the memory stays taken"));
    stop.setEnabled(steerable);
    saveNow.setEnabled(steerable);
}

} // namespace headroom::ui
