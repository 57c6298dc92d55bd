// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_file.h"
#include "core/train/checkpoint_store.h"
#include "core/train/run_folder.h"
#include "tests/core/train/tiny_run.h"
#include "tests/support/read_journal.h"

#include <QProcess>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>

namespace headroom::test {

/// `headroom train` on a tiny data set in a temporary folder; runs until it is stopped.
class TrainingProgram {
public:
    static constexpr int timeout = 60'000; ///< ms; reached only by a program that hangs

    TrainingProgram() {
        RunConfig config = run_.config();
        config.training.numEpochs = 100000;
        config.training.validateEveryNEpochs = 100000;
        std::ofstream(folder_.filePath("config.yaml").toStdString()) << dumpConfig(config);
        process.setProgram(HEADROOM_PROGRAM);
        process.setArguments(arguments());
    }

    /// Kills the program, so that it does not outlive its test.
    ~TrainingProgram() {
        process.kill();
        process.waitForFinished(timeout);
    }
    TrainingProgram(const TrainingProgram&) = delete;
    TrainingProgram& operator=(const TrainingProgram&) = delete;

    QStringList arguments() const {
        return {"train",    "--threads", "1", "--run", folder(), "--config", folder_.filePath("config.yaml"),
                "--device", "cpu"};
    }
    QString folder() const { return folder_.filePath("run"); }
    RunPaths paths() const { return {folder().toStdString()}; }

    std::vector<TimedEvent> events() const {
        return std::filesystem::exists(paths().journal()) ? readJournal(paths().journal()).events
                                                          : std::vector<TimedEvent>{};
    }
    std::int64_t steps() const {
        std::int64_t steps = 0;
        for (const TimedEvent& timed : events())
            steps += std::holds_alternative<StepDone>(timed.event) ? 1 : 0;
        return steps;
    }

    /// Whether the run was stopped, its last step was saved, and its journal is intact.
    bool isStoppedAndSaved() const {
        const EventLines journal = readJournal(paths().journal());
        if (!journal.notes.empty() || journal.events.empty())
            return false;
        const auto* stopped = std::get_if<Stopped>(&journal.events.back().event);
        return stopped != nullptr && stopped->unsaved.empty() && newestCheckpoint() == stopped->step;
    }
    /// The step of the newest checkpoint; 0 if there is none.
    std::int64_t newestCheckpoint() const {
        const auto steps = CheckpointStore(paths().checkpoints()).steps();
        return steps.empty() ? 0 : steps.front();
    }

    QProcess process;

private:
    TinyRun run_;
    QTemporaryDir folder_;
};

} // namespace headroom::test
