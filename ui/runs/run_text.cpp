// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/run_text.h"

#include "ui/runs/run_model.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace headroom::ui {
namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(RunText)

public:
    /// State according to the journal.
    static QString journalState(const RunHistory& history) {
        const auto step = static_cast<qlonglong>(history.step());
        if (history.finished())
            return tr("Finished");
        switch (history.state()) {
        case RunState::NotStarted:
            return tr("Not started");
        case RunState::Failed:
            return tr("Failed at step %1").arg(step);
        case RunState::Finished:
        case RunState::Stopped:
            return tr("Stopped at step %1").arg(step);
        case RunState::Interrupted:
        case RunState::Running:
            break;
        }
        return tr("Interrupted at step %1").arg(step);
    }

    static QString idleState(const RunModel& run) {
        if (!run.runConfig())
            return run.failure() ? tr("Could not start") : tr("Ready");
        if (run.reading())
            return tr("Reading the journal: %1 %").arg(std::lround(*run.reading() * 100));
        if (!run.writer().isEmpty())
            return tr("Watching %1").arg(run.writer());
        return journalState(run.history());
    }

    static QString resumePoint(const RunModel& run) {
        return run.checkpoint()
                   ? tr("Last checkpoint: step %1; resuming starts there.").arg(*run.checkpoint())
                   : tr("Last checkpoint: none; resuming starts at step 0.");
    }
};

} // namespace

QString runStateText(const RunModel& run) {
    switch (run.state()) {
    case RunActivity::Starting:
        return Words::tr("Starting");
    case RunActivity::Training:
        return Words::tr("Training");
    case RunActivity::Paused:
        return Words::tr("Paused");
    case RunActivity::Stopping:
        return Words::tr("Stopping and saving");
    case RunActivity::Idle:
    case RunActivity::Ended:
        break;
    }
    return Words::idleState(run);
}

QString runNoticeText(const RunModel& run) {
    if (run.running() || !run.runConfig())
        return {};
    if (run.reading())
        return Words::tr("Reading the journal of this run: %1 %. The curves appear as it is read.")
            .arg(std::lround(*run.reading() * 100));
    if (!run.writer().isEmpty())
        return Words::tr("Watching: %1 is training this run. The charts follow it.").arg(run.writer());
    const RunState state = run.history().state();
    if (state == RunState::Interrupted)
        return Words::tr("This run was interrupted at step %1. %2")
            .arg(QString::number(run.history().step()), Words::resumePoint(run));
    if (state != RunState::Failed || run.failure())
        return {}; // a failure here is shown in full elsewhere
    return QStringList{Words::journalState(run.history()) + QStringLiteral(": ") +
                           QString::fromStdString(run.history().failure()->message) + QLatin1Char('.'),
                       Words::resumePoint(run)}
        .join(QLatin1Char(' '));
}

} // namespace headroom::ui
