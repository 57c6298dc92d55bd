// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_file.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/train/run_folder.h"
#include "tests/core/train/tiny_run.h"
#include "tests/support/read_journal.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace headroom::test {

/// Runs of `headroom train --ranks N` on a tiny data set, each in a folder of its own.
class RankPrograms {
    TinyRun run_; // before the configuration, which names its folder

public:
    static constexpr int timeout = 120'000; ///< ms; reached only by a program that hangs

    /// Updates of 4 steps, 5 in an epoch, without anything that rounds more than needed.
    RankPrograms() : config(run_.config()) {
        config.training.gradientAccumulationSteps = 4;
        config.training.stepsPerEpoch = 20;
        config.training.numEpochs = 1;
        config.training.validateEveryNEpochs = 1000;
    }

    /// The arguments of a run; without --ranks.
    QStringList arguments(const QString& run) const {
        const QString file = folder_.filePath(run + ".yaml");
        std::ofstream(file.toStdString()) << dumpConfig(config);
        return {"train", "--threads", "1",   "--run",          folder(run), "--config",
                file,    "--device",  "cpu", "--rank-timeout", "4"};
    }
    QString folder(const QString& run) const { return folder_.filePath(run); }
    RunPaths paths(const QString& run) const { return {folder(run).toStdString()}; }

    /// Trains a run to its end and returns the exit code; -1 if it does not end.
    int train(const QString& run, int ranks, const QStringList& more = {}) {
        QProcess program;
        start(program, run, ranks, more);
        const bool ended = program.waitForFinished(timeout);
        output = program.readAllStandardError() + program.readAllStandardOutput();
        return ended && program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
    }
    void start(QProcess& program, const QString& run, int ranks, const QStringList& more = {}) const {
        QStringList all = arguments(run) + more;
        if (ranks > 1)
            all += {"--ranks", QString::number(ranks)};
        program.start(HEADROOM_PROGRAM, all);
    }

    /// The events of a file of the run folder.
    std::vector<TimedEvent> events(const QString& run, const char* file = "journal.jsonl") const {
        const std::filesystem::path path = paths(run).root / file;
        return std::filesystem::exists(path) ? readJournal(path).events : std::vector<TimedEvent>{};
    }
    template <typename Event>
    std::vector<Event> all(const QString& run, const char* file = "journal.jsonl") const {
        std::vector<Event> found;
        for (const TimedEvent& timed : events(run, file)) {
            if (const auto* event = std::get_if<Event>(&timed.event))
                found.push_back(*event);
        }
        return found;
    }
    std::int64_t steps(const QString& run) const {
        const auto done = all<StepDone>(run);
        return done.empty() ? 0 : done.back().step;
    }

    CheckpointStore store(const QString& run) const { return CheckpointStore(paths(run).checkpoints()); }
    Checkpoint newest(const QString& run) const {
        const CheckpointStore all = store(run);
        return readCheckpoint(all.path(all.steps().at(0)));
    }

    RunConfig config;
    QByteArray output; ///< of the last train()

private:
    QTemporaryDir folder_;
};

/// The processes that the threads of this one have started, oldest first.
inline std::vector<pid_t> childrenOf(qint64 process) {
    std::vector<pid_t> children;
    const QDir threads(QStringLiteral("/proc/%1/task").arg(process));
    for (const QString& thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(threads.filePath(thread + QStringLiteral("/children")));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& child : file.readAll().split(' ')) {
            if (!child.trimmed().isEmpty())
                children.push_back(child.trimmed().toInt());
        }
    }
    std::ranges::sort(children);
    return children;
}

} // namespace headroom::test
