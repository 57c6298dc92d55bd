// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "tests/core/train/trainer_fixture.h"
#include "tests/support/read_journal.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace headroom;
using namespace headroom::test;
namespace fs = std::filesystem;

namespace {

std::ptrdiff_t eventFiles(const fs::path& folder) {
    return std::count_if(fs::directory_iterator(folder), {}, [](const fs::directory_entry& entry) {
        return entry.path().filename().string().starts_with("events.out.tfevents.");
    });
}

} // namespace

/// Runs whose disk is full, and runs whose folder or songs disappear.
class TestTrainerFailures : public QObject, private TrainerFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void init() { reset(); }

    void continuesIfACheckpointCannotBeWritten() {
        const fs::path checkpoints = folder_ / "checkpoints";
        const fs::path moved = folder_ / "moved";
        const auto react = [&](const TrainingEvent& event, RunControl& control) {
            const auto* done = std::get_if<StepDone>(&event);
            if (done && done->step == 2) {
                fs::rename(checkpoints, moved);
                std::ofstream(checkpoints) << "in the way";
                control.requestSave();
            }
            if (done && done->step == 3) {
                fs::remove(checkpoints);
                fs::rename(moved, checkpoints);
            }
        };
        const RunOutcome outcome = train(config_, folder_, 4, false, react);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QCOMPARE(outcome.all<SaveFailed>().size(), std::size_t(1));
        QCOMPARE(outcome.all<StepDone>().size(), std::size_t(4));
        QCOMPARE(storeOf(folder_).steps(), (std::vector<std::int64_t>{4}));
    }

    void reportsUnsavedWorkWhenStopped() {
        const fs::path checkpoints = folder_ / "checkpoints";
        const auto react = [&](const TrainingEvent& event, RunControl& control) {
            const auto* done = std::get_if<StepDone>(&event);
            if (done && done->step == 6) { // after the checkpoint of the first epoch
                fs::rename(checkpoints, folder_ / "moved");
                std::ofstream(checkpoints) << "in the way";
                control.requestSave();
            }
            if (done && done->step == 8)
                control.requestStop();
        };
        const RunOutcome outcome = train(config_, folder_, 0, false, react);
        const auto failures = outcome.all<SaveFailed>();
        QCOMPARE(failures.size(), std::size_t(2)); // at the request and at the stop; in between it waits
        QCOMPARE(failures[0].step, std::int64_t(6));
        QVERIFY(failures[0].retrySeconds > 0);
        const std::string unsaved = std::get<Stopped>(outcome.end).unsaved;
        QVERIFY2(contains(unsaved, "after step 5") && contains(unsaved, "step 8"), unsaved.c_str());
    }

    void waitsForSpaceAtTheEnd() {
        int failures = 0;
        const RunOutcome outcome = trainWithFullDisk([&](RunControl& control) {
            if (++failures == 3) {
                fs::remove(folder_ / "checkpoints");
                fs::rename(folder_ / "moved", folder_ / "checkpoints");
            }
            control.requestSave(); // retries without waiting
        });
        QCOMPARE(failures, 3);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(outcome.hasNotice("waits until its last checkpoint can be written"));
        QCOMPARE(newestCheckpoint(folder_).state.progress.step, std::int64_t(4));
    }

    void stopEndsTheWaitForSpace() {
        int failures = 0;
        const RunOutcome outcome = trainWithFullDisk([&](RunControl& control) {
            ++failures;
            control.requestStop();
        });
        QCOMPARE(failures, 1);
        const std::string unsaved = std::get<Stopped>(outcome.end).unsaved;
        QVERIFY2(contains(unsaved, "everything up to step 4"), unsaved.c_str());
    }

    void createsMovedRunFolderAgain() {
        const fs::path moved = folder_.parent_path() / "moved";
        const RunOutcome outcome = train(config_, folder_, 12, false,
                                         afterStep(7, [&](RunControl&) { fs::rename(folder_, moved); }));
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(outcome.hasNotice("was moved or deleted"));
        QVERIFY(loadConfig(folder_ / "config.yaml") == config_);
        QCOMPARE(newestCheckpoint(folder_).state.progress.step, std::int64_t(12));
        QCOMPARE(eventFiles(folder_), eventFiles(moved));
        // Every event is in one of the journals.
        const std::size_t lines = readJournal(folder_ / "journal.jsonl").events.size() +
                                  readJournal(moved / "journal.jsonl").events.size();
        QCOMPARE(lines, outcome.events.size());
        QCOMPARE(train(config_, folder_, 13, true).all<StepDone>().size(), std::size_t(1));
        QCOMPARE(newestCheckpoint(moved).state.progress.step, std::int64_t(5));
    }

    void writesMissingConfigurationAgain() {
        const RunOutcome outcome =
            train(config_, folder_, 7, false,
                  afterStep(2, [&](RunControl&) { fs::remove(folder_ / "config.yaml"); }));
        QVERIFY(outcome.hasNotice("config.yaml was missing"));
        QVERIFY(loadConfig(folder_ / "config.yaml") == config_);
        fs::remove(folder_ / "config.yaml");
        QCOMPARE(train(config_, folder_, 8, true).all<Started>()[0].step, std::int64_t(7));
        QVERIFY(fs::exists(folder_ / "config.yaml"));
    }

    /// The lock file was deleted, and another program has started to write the run.
    void endsIfAnotherProgramTookOver() {
        std::optional<RunLock> other;
        const std::string message = errorOf([&] {
            train(config_, folder_, 7, false, afterStep(2, [&](RunControl& control) {
                      fs::remove(folder_ / ".lock");
                      other.emplace(folder_ / ".lock");
                      std::ofstream(folder_ / ".lock") << "process 1 on elsewhere\n";
                      control.requestSave();
                  }));
        });
        QVERIFY2(contains(message, "process 1 on elsewhere"), message.c_str());
        QVERIFY(storeOf(folder_).steps().empty());
    }

    void throwsIfFolderCannotBeCreated() {
        std::ofstream(folder_.parent_path() / "file") << "mine";
        const std::string message =
            errorOf([&] { train(config_, folder_.parent_path() / "file" / "run", 1); });
        QVERIFY2(contains(message, "cannot create the folder"), message.c_str());
    }

    /// The songs become unreachable after step 5, as on a network disk, before the validation. After the
    /// notice they become reachable again, or a stop is requested.
    void waitsForUnreachableSongs_data() {
        QTest::addColumn<bool>("stop");
        QTest::newRow("reachable again") << false;
        QTest::newRow("stopped") << true;
    }
    void waitsForUnreachableSongs() {
        QFETCH(const bool, stop);
        const fs::path songs = fs::path(run_.root()) / "train", hidden = fs::path(run_.root()) / "away";
        const auto outage = [&](const TrainingEvent& event, RunControl& control) {
            if (const auto* done = std::get_if<StepDone>(&event); done && done->step == 5)
                fs::rename(songs, hidden);
            const auto* notice = std::get_if<Notice>(&event);
            if (notice == nullptr || !contains(notice->text, "unreachable"))
                return;
            if (stop)
                control.requestStop();
            else
                fs::rename(hidden, songs);
        };
        const RunOutcome outcome = train(config_, folder_, 7, false, outage);
        if (fs::exists(hidden))
            fs::rename(hidden, songs);
        QVERIFY(outcome.hasNotice("the songs are unreachable"));
        QCOMPARE(std::holds_alternative<Stopped>(outcome.end), stop);
        QCOMPARE(outcome.hasNotice("are reachable again"), !stop);
        QCOMPARE(outcome.all<ValidationDone>().size(), stop ? 0U : 1U);
        QCOMPARE(newestCheckpoint(folder_).state.progress.step, std::int64_t(stop ? 5 : 7));
    }

    /// The songs become unreadable during the run.
    void savesWhenReadingFails() {
        config_.training.batchSize = 4;
        const auto corrupt = [&](RunControl&) {
            for (const auto& entry : fs::recursive_directory_iterator(run_.root())) {
                if (entry.path().extension() == ".wav")
                    std::ofstream(entry.path(), std::ios::trunc) << "corrupt";
            }
        };
        const std::string message =
            errorOf([&] { train(config_, folder_, 0, false, afterStep(8, corrupt)); });
        QVERIFY2(contains(message, ".wav"), message.c_str());
        // Group 6-8 was complete; an incomplete next group is dropped.
        const Checkpoint last = newestCheckpoint(folder_);
        QVERIFY(last.state.progress.step >= 8);
        QCOMPARE(last.state.progress.groupSize, 0);
        QVERIFY(last.tensors.group.empty());
    }

private:
    /// Trains 4 steps with a full disk from step 4; calls `onFailure` whenever saving fails.
    RunOutcome trainWithFullDisk(const std::function<void(RunControl&)>& onFailure) {
        const auto react = [=, this](const TrainingEvent& event, RunControl& control) {
            const auto* done = std::get_if<StepDone>(&event);
            if (done && done->step == 4) {
                fs::rename(folder_ / "checkpoints", folder_ / "moved");
                std::ofstream(folder_ / "checkpoints") << "in the way";
            }
            if (std::holds_alternative<SaveFailed>(event))
                onFailure(control);
        };
        return train(config_, folder_, 4, false, react);
    }
};

HEADROOM_TEST_MAIN(TestTrainerFailures)
#include "tst_trainer_failures.moc"
