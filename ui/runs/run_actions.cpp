#include "ui/runs/run_actions.h"

#include "ui/runs/run_model.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"

namespace headroom::ui {
namespace {

/// With what the run would take on from the setting.
QString resumeToolTip(const RunModel& run) {
    QStringList lines = {RunActions::tr("Resume the run in %1").arg(run.folder())};
    const auto changes = run.pending();
    if (!changes.empty())
        lines << RunActions::tr("with these changes of its setting:");
    for (const OptionDifference& change : changes)
        lines << QString::fromStdString(change.text());
    return lines.join(QLatin1Char('\n'));
}

} // namespace

RunActions::RunActions(RunModel& run) : run_(run) {
    stop.setText(tr("Stop"));
    stop.setToolTip(tr("Finish the step in progress, save and end; the run can be resumed"));
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
        if (run_.canResume())
            run_.resumeRun();
        else
            run_.startNew();
    });
    connect(&startNew, &QAction::triggered, &run_, [this] { run_.startNew(); });
    connect(&pause, &QAction::triggered, &run_, [this] {
        if (run_.state() == RunPhase::Paused)
            run_.resume();
        else
            run_.pause();
    });
    connect(&stop, &QAction::triggered, &run_, &RunModel::stop);
    connect(&saveNow, &QAction::triggered, &run_, &RunModel::saveNow);
}

void RunActions::update() {
    const RunPhase state = run_.state();
    const bool steerable =
        state == RunPhase::Starting || state == RunPhase::Training || state == RunPhase::Paused;
    const bool resumes = run_.canResume();
    const int changes = static_cast<int>(run_.pending().size());
    const QString anew = changes == 0   ? tr("New run")
                         : changes == 1 ? tr("New run with 1 change")
                                        : tr("New run with %1 changes").arg(changes);

    start.setEnabled(!run_.running());
    start.setText(resumes ? tr("Resume") : run_.runConfig() && !run_.running() ? anew : tr("Start"));
    start.setToolTip(
        plainToolTip(resumes ? resumeToolTip(run_)
                             : tr("Start a new run with this setting in %1").arg(run_.runsFolder())));
    startNew.setVisible(resumes);
    startNew.setToolTip(plainToolTip(tr("Start a new run with this setting in %1").arg(run_.runsFolder())));
    startNew.setText(anew);
    pause.setEnabled(steerable);
    pause.setText(state == RunPhase::Paused ? tr("Resume") : tr("Pause"));
    pause.setToolTip(tr("After the step in progress; the memory stays taken"));
    stop.setEnabled(steerable);
    saveNow.setEnabled(steerable);
}

} // namespace headroom::ui
