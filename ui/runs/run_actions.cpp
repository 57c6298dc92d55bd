// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/run_actions.h"

#include "ui/runs/run_model.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"

namespace headroom::ui {
namespace {

/// Lists the configuration changes that resuming applies to the run.
QString resumeToolTip(const RunModel& run) {
    QStringList lines = {RunActions::tr("Resume the run in %1").arg(run.folder())};
    const auto changes = run.pending();
    if (!changes.empty())
        lines << RunActions::tr("with these changes to its configuration:");
    for (const OptionDifference& change : changes)
        lines << QString::fromStdString(change.text());
    return lines.join(QLatin1Char('\n'));
}

} // namespace

RunActions::RunActions(RunModel& run) : run_(run) {
    stop.setText(tr("Stop"));
    stop.setToolTip(tr("Finish the current step, save a checkpoint and end; the run can be resumed"));
    saveNow.setText(tr("Save now"));
    saveNow.setToolTip(tr("Save a checkpoint after the current step"));
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
        if (run_.state() == RunActivity::Paused)
            run_.resume();
        else
            run_.pause();
    });
    connect(&stop, &QAction::triggered, &run_, &RunModel::stop);
    connect(&saveNow, &QAction::triggered, &run_, &RunModel::saveNow);
}

void RunActions::update() {
    const RunActivity state = run_.state();
    const bool active =
        state == RunActivity::Starting || state == RunActivity::Training || state == RunActivity::Paused;
    const bool canResume = run_.canResume();
    const int changes = static_cast<int>(run_.pending().size());
    const QString newRunText = changes == 0   ? tr("New run")
                               : changes == 1 ? tr("New run with 1 change")
                                              : tr("New run with %1 changes").arg(changes);
    const QString newRunToolTip = tr("Start a new run with this configuration in %1").arg(run_.runsFolder());

    start.setEnabled(!run_.running());
    start.setText(canResume ? tr("Resume") : run_.runConfig() && !run_.running() ? newRunText : tr("Start"));
    start.setToolTip(plainToolTip(canResume ? resumeToolTip(run_) : newRunToolTip));
    startNew.setVisible(canResume);
    startNew.setToolTip(plainToolTip(newRunToolTip));
    startNew.setText(newRunText);
    pause.setEnabled(active);
    pause.setText(state == RunActivity::Paused ? tr("Resume") : tr("Pause"));
    pause.setToolTip(tr(
        "Pause after the current step; the memory of a card is freed, and the state waits in host memory"));
    stop.setEnabled(active);
    saveNow.setEnabled(active);
}

} // namespace headroom::ui
