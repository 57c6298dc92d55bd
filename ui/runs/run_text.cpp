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
    /// By its journal.
    static QString standing(const RunHistory& history) {
        const auto step = static_cast<qlonglong>(history.step());
        if (history.finished())
            return tr("Finished");
        switch (history.standing()) {
        case RunStanding::NotBegun:
            return tr("Not started");
        case RunStanding::Failed:
            return tr("Failed at step %1").arg(step);
        case RunStanding::Finished:
        case RunStanding::Stopped:
            return tr("Stopped at step %1").arg(step);
        case RunStanding::Interrupted:
        case RunStanding::Running:
            break;
        }
        return tr("Interrupted at step %1").arg(step);
    }

    static QString atRest(const RunModel& run) {
        if (!run.runConfig())
            return run.failure() ? tr("Could not start") : tr("Ready");
        if (run.reading())
            return tr("Reading the journal: %1 %").arg(std::lround(*run.reading() * 100));
        if (!run.writer().isEmpty())
            return tr("Watching %1").arg(run.writer());
        return standing(run.history());
    }

    static QString resuming(const RunModel& run) {
        return run.checkpoint()
                   ? tr("Last checkpoint: step %1; resuming starts there.").arg(*run.checkpoint())
                   : tr("Last checkpoint: none; resuming starts at step 0.");
    }
};

} // namespace

QString runStateText(const RunModel& run) {
    switch (run.state()) {
    case RunPhase::Starting:
        return Words::tr("Starting");
    case RunPhase::Training:
        return Words::tr("Training");
    case RunPhase::Paused:
        return Words::tr("Paused");
    case RunPhase::Stopping:
        return Words::tr("Stopping and saving");
    case RunPhase::Idle:
    case RunPhase::Ended:
        break;
    }
    return Words::atRest(run);
}

QString runNoticeText(const RunModel& run) {
    if (run.running() || !run.runConfig())
        return {};
    if (run.reading())
        return Words::tr("Reading the journal of this run: %1 %. Its curves fill in as it is read.")
            .arg(std::lround(*run.reading() * 100));
    if (!run.writer().isEmpty())
        return Words::tr("Watching: %1 is training this run. The charts follow it.").arg(run.writer());
    const RunStanding standing = run.history().standing();
    if (standing == RunStanding::Interrupted)
        return Words::tr("This run was interrupted at step %1. %2")
            .arg(QString::number(run.history().step()), Words::resuming(run));
    if (standing != RunStanding::Failed || run.failure())
        return {}; // or it failed here, which is said in full
    return QStringList{Words::standing(run.history()) + QStringLiteral(": ") +
                           QString::fromStdString(run.history().failure()->message) + QLatin1Char('.'),
                       Words::resuming(run)}
        .join(QLatin1Char(' '));
}

} // namespace headroom::ui
