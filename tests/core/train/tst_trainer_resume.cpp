// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/core/train/trainer_fixture.h"
#include "tests/support/strict_main.h"
#include "tests/support/unprivileged.h"

#include <ATen/Parallel.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

using namespace headroom;
using namespace headroom::test;
namespace fs = std::filesystem;

namespace {

bool fileSystemHasLocks = true;

} // namespace

/// Replaces that of the C library.
extern "C" int flock(int descriptor, int operation) noexcept {
    if (fileSystemHasLocks)
        return static_cast<int>(syscall(SYS_flock, descriptor, operation));
    errno = ENOLCK;
    return -1;
}

namespace {

/// Changes one byte in the middle of a file.
void damage(const fs::path& path) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(fs::file_size(path) / 2);
    file.seekg(middle);
    const char byte = static_cast<char>(file.get());
    file.seekp(middle);
    file.put(static_cast<char>(byte ^ 1));
}

} // namespace

/// Resuming a run.
class TestTrainerResume : public QObject, private TrainerFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void init() { reset(); }

    /// A file that cannot be read now may be readable later: no checkpoint is set aside.
    void readErrorIsNotDamage() {
        train(config_, folder_, 6);
        const fs::path data = run_.root();
        for (const fs::path& path : {data, folder_.parent_path()}) {
            fs::permissions(path, fs::perms::all);
            for (const auto& entry : fs::recursive_directory_iterator(path))
                if (!entry.is_symlink())
                    fs::permissions(entry.path(), fs::perms::all);
        }
        for (const char* name : {stateFileName, weightsFileName}) {
            const fs::path file = folder_ / "checkpoints/step-00000006" / name;
            fs::permissions(file, fs::perms::none);
            const std::string message = errorOf([&] {
                const Unprivileged user;
                train(config_, folder_, 0, true);
            });
            QVERIFY2(contains(message, "Permission denied") && contains(message, name), message.c_str());
            fs::permissions(file, fs::perms::all);
        }
        QCOMPARE(storeOf(folder_).steps(), (std::vector<std::int64_t>{6, 5}));
        QCOMPARE(train(config_, folder_, 7, true).all<Started>()[0].step, std::int64_t(6));
    }

    void trainsWithANoticeWithoutLocks() {
        fileSystemHasLocks = false;
        QVERIFY(train(config_, folder_, 2).hasNotice("no locks"));
        QVERIFY(train(config_, folder_, 3, true).hasNotice("no locks"));
        fileSystemHasLocks = true;
        QVERIFY(!train(config_, folder_, 4, true).hasNotice("no locks"));
    }

    /// The run stays as it was until it is certain that it can start.
    void failedResumeKeepsConfiguration() {
        train(config_, folder_, 2);
        const RunConfig before = loadConfig(folder_ / "config.yaml");
        RunConfig changed = config_;
        changed.training.saveEveryNMinutes = 3;
        const std::string root =
            std::exchange(changed.data.root, (fs::path(run_.root()) / "nowhere").string());
        QVERIFY(!errorOf([&] { train(changed, folder_, 4, true); }).empty());
        QVERIFY(loadConfig(folder_ / "config.yaml") == before);
        changed.data.root = root;
        train(changed, folder_, 4, true);
        QVERIFY(loadConfig(folder_ / "config.yaml") == changed);
    }

    void resumesFromOlderCheckpointIfDamaged() {
        train(config_, folder_, 12);
        CheckpointStore store = storeOf(folder_);
        QCOMPARE(store.steps(), (std::vector<std::int64_t>{12, 10, 5}));
        damage(store.path(12) / stateFileName);
        damage(store.path(10) / weightsFileName);
        const fs::path old = folder_ / "checkpoints" / "damaged-step-00000001";
        fs::create_directory(old);
        fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(1));
        const RunOutcome resumed = train(config_, folder_, 0, true);
        QVERIFY(resumed.hasNotice("step 12 is damaged"));
        QVERIFY(resumed.hasNotice("resuming from that of step 5"));
        QCOMPARE(resumed.all<Started>()[0].step, std::int64_t(5));
        QVERIFY(fs::exists(folder_ / "checkpoints" / "damaged-step-00000012"));
        QVERIFY(fs::exists(folder_ / "checkpoints" / "damaged-step-00000010"));
        QVERIFY(resumed.hasNotice("all but the newest two: damaged-step-00000001"));
        QVERIFY(!fs::exists(old));

        const fs::path whole = folder_.parent_path() / "whole";
        train(config_, whole, 0);
        const std::string found = difference(newestCheckpoint(folder_), newestCheckpoint(whole));
        QVERIFY2(found.empty(), found.c_str());
    }

    void throwsIfAllCheckpointsAreDamaged() {
        train(config_, folder_, 3);
        CheckpointStore store = storeOf(folder_);
        damage(store.path(3) / stateFileName);
        const std::string message = errorOf([&] { train(config_, folder_, 0, true); });
        QVERIFY2(contains(message, "no checkpoint of the run can be read"), message.c_str());
        QVERIFY(store.contains(3));
    }

    /// For example after the program was killed before the first checkpoint.
    void startsAtStepZeroWithoutCheckpoint() {
        RunFolder::begin(folder_, config_);
        const RunOutcome outcome = train(config_, folder_, 4, true);
        QVERIFY(outcome.hasNotice("no checkpoint yet"));
        QCOMPARE(outcome.all<Started>()[0].step, std::int64_t(0));
    }

    void throwsIfCheckpointsAreMissing() {
        train(config_, folder_, 7);
        fs::remove_all(folder_ / "checkpoints");
        const std::string message = errorOf([&] { train(config_, folder_, 0, true); });
        QVERIFY2(contains(message, "its journal has one at step 7"), message.c_str());
        QVERIFY(storeOf(folder_).steps().empty());
    }

    void reportsChangedThreadCount() {
        const RunOutcome first = train(config_, folder_, 3);
        QCOMPARE(first.all<Started>()[0].threads, std::optional(1));
        QVERIFY(!train(config_, folder_, 6, true).hasNotice("CPU threads"));
        at::set_num_threads(2);
        const RunOutcome other = train(config_, folder_, 9, true);
        at::set_num_threads(1);
        QCOMPARE(other.all<Started>()[0].threads, std::optional(2));
        QVERIFY(other.hasNotice("CPU threads: 1 so far, 2 from now on"));
    }

    void listsOrRejectsChanges() {
        train(config_, folder_, 3);
        RunConfig changed = config_;
        changed.training.learningRate = 1e-3;
        changed.training.numEpochs = 6;
        const RunOutcome outcome = train(changed, folder_, 4, true);
        QVERIFY(outcome.hasNotice("training.learning_rate: 0.0005 -> 0.001"));
        QVERIFY(outcome.hasNotice("training.num_epochs: 4 -> 6"));

        changed.model.dState = 8;
        changed.training.seed = 5;
        const std::string message = errorOf([&] { train(changed, folder_, 5, true); });
        QVERIFY(contains(message, "model.d_state: 16 -> 8") && contains(message, "training.seed"));
        QCOMPARE(newestCheckpoint(folder_).state.progress.step, std::int64_t(4));
    }

    void finishedRunStaysFinished() {
        train(config_, folder_, 0);
        const RunOutcome again = train(config_, folder_, 0, true);
        QVERIFY(std::holds_alternative<Finished>(again.end));
        QVERIFY(again.all<StepDone>().empty() && again.all<CheckpointSaved>().empty());
    }

    void existingRunNeedsResume() {
        train(config_, folder_, 1);
        QVERIFY(contains(errorOf([&] { train(config_, folder_, 2); }), "--resume"));
        QVERIFY(!errorOf([&] { train(config_, folder_.parent_path() / "none", 2, true); }).empty());
    }

    void rejectsSecondWriter() {
        std::string message;
        train(config_, folder_, 2, false, afterStep(1, [&](RunControl&) {
                  message = errorOf([&] { train(config_, folder_, 2, true); });
              }));
        QVERIFY2(contains(message, std::to_string(getpid())), message.c_str());
    }
};

HEADROOM_TEST_MAIN(TestTrainerResume)
#include "tst_trainer_resume.moc"
