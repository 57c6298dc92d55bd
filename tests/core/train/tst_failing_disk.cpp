// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/core/train/tiny_run.h"
#include "tests/support/failing_changes.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>

#include <filesystem>
#include <set>

using namespace headroom;
namespace fs = std::filesystem;
using test::FailingChanges;

class TestFailingDisk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Lets each change of the disk fail once while a checkpoint is written, marked and rotated.
    void eachFailureLeavesACheckpointToResumeFrom() {
        const Checkpoint older = checkpointOf(1);
        const Checkpoint newer = checkpointOf(2);
        std::set<std::string> failed;
        int errors = 0;
        for (int change = 0;; ++change) {
            const QTemporaryDir folder;
            const fs::path checkpoints = fs::path(folder.path().toStdString()) / "checkpoints";
            CheckpointStore store(checkpoints);
            store.prepare();
            save(store, older);
            store.markBest(1);
            bool isSaved = false;
            std::string call;
            {
                const FailingChanges changes(checkpoints, change);
                try {
                    save(store, newer);
                    isSaved = true;
                    store.markBest(2);
                    store.rotate(1, 2);
                } catch (const Error& error) {
                    QCOMPARE(error.kind(), ErrorKind::Failure);
                    QVERIFY2(error.message().find("Input/output error") != std::string::npos,
                             error.message().c_str());
                    ++errors;
                }
                call = changes.failed();
            }
            const auto context = call + ", change " + std::to_string(change);
            // The next start, after a program that ended anywhere.
            CheckpointStore next(checkpoints);
            next.prepare();
            const auto steps = next.steps();
            QVERIFY2(!steps.empty() && steps.front() == (isSaved ? 2 : 1), context.c_str());
            for (const std::int64_t step : steps) {
                const std::string found =
                    test::difference(readCheckpoint(next.path(step)), step == 2 ? newer : older);
                QVERIFY2(found.empty(), (context + ": " + found).c_str());
            }
            QVERIFY2(next.best().has_value() && next.contains(*next.best()), context.c_str());
            if (call.empty())
                break;
            failed.insert(call);
        }
        QVERIFY(errors > 5);
        for (const char* call : {"open", "write", "fsync", "rename", "mkdir", "remove"})
            QVERIFY2(failed.contains(call), call);
    }

private:
    Checkpoint checkpointOf(std::int64_t stepNumber) const {
        RunConfig config = run_.config();
        config.training.seed = stepNumber; // other weights
        const TrainStep step(config, at::kCPU);
        Checkpoint checkpoint{config, {}, step.state(), {}};
        checkpoint.state.progress.step = stepNumber;
        return checkpoint;
    }

    static void save(CheckpointStore& store, const Checkpoint& checkpoint) {
        store.save(checkpoint.state.progress.step,
                   [&](const fs::path& folder) { writeCheckpoint(folder, checkpoint); });
    }

    const test::TinyRun run_;
};

HEADROOM_TEST_MAIN(TestFailingDisk)
#include "tst_failing_disk.moc"
