#include "core/config/config_file.h"
#include "core/support/error.h"
#include "core/train/journal.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/core/train/tiny_run.h"
#include "tests/core/train/training_runner.h"
#include "tests/support/strict_main.h"
#include "tests/support/unprivileged.h"

#include <ATen/Parallel.h>
#include <ATen/ops/zeros.h>
#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace headroom;
using test::RunOutcome;
namespace fs = std::filesystem;

namespace {

/// Calls `action` once, when this step is done.
test::Reaction after(std::int64_t step, const std::function<void(RunControl&)>& action) {
    return [=](const TrainingEvent& event, RunControl& control) {
        if (const auto* done = std::get_if<StepDone>(&event); done && done->step == step)
            action(control);
    };
}

std::string refusal(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

bool hasNotice(const RunOutcome& outcome, const std::string& part) {
    const auto notices = outcome.all<Notice>();
    return std::any_of(notices.begin(), notices.end(),
                       [&](const Notice& notice) { return contains(notice.text, part); });
}

std::ptrdiff_t eventFiles(const fs::path& folder) {
    return std::count_if(fs::directory_iterator(folder), {}, [](const fs::directory_entry& entry) {
        return entry.path().filename().string().starts_with("events.out.tfevents.");
    });
}

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

class TestTrainer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void init() {
        temporary_.emplace();
        folder_ = fs::path(temporary_->path().toStdString()) / "run";
        config_ = run_.config();
    }

    void aWholeRunTellsAllThatItDoes() {
        const RunOutcome outcome = test::train(config_, folder_, 0);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        const auto started = outcome.all<Started>();
        QCOMPARE(started.size(), std::size_t(1));
        QVERIFY(std::holds_alternative<Started>(outcome.events.front()));
        QCOMPARE(started[0].totalSteps, std::int64_t(20));
        QVERIFY(started[0].parameters > 0);

        const auto steps = outcome.all<StepDone>();
        QCOMPARE(steps.size(), std::size_t(20));
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const int inEpoch = static_cast<int>(i % 5) + 1;
            QCOMPARE(steps[i].step, std::int64_t(i) + 1);
            QCOMPARE(steps[i].epoch, static_cast<int>(i / 5) + 1);
            // Groups of 3 and, at the end of the epoch, 2.
            QCOMPARE(steps[i].gradNorm.has_value(), inEpoch == 3 || inEpoch == 5);
            QCOMPARE(steps[i].update, std::int64_t(i / 5 * 2 + (inEpoch >= 3) + (inEpoch == 5)));
            QVERIFY(steps[i].forwardSeconds > 0 && steps[i].backwardSeconds > 0);
            QCOMPARE(steps[i].updateSeconds > 0, steps[i].gradNorm.has_value());
            QVERIFY(steps[i].examplesPerSecond > 0);
            QVERIFY(steps[i].memory && steps[i].memory->allocated > 0);
            QVERIFY(steps[i].memory->peakAllocated >= steps[i].memory->allocated);
        }
        QCOMPARE(steps.back().etaSeconds, 0.0);
        QVERIFY(steps[0].learningRate < steps[3].learningRate); // warm-up, by updates
        QVERIFY(steps[0].learningRate > steps[2].learningRate); // decay, by steps

        QCOMPARE(outcome.all<ValidationDone>().size(), std::size_t(4));
        QCOMPARE(outcome.all<ValidationSong>().size(), std::size_t(4));
        QVERIFY(outcome.all<ValidationDone>()[0].best);
        QVERIFY(outcome.all<ValidationDone>()[0].stems.at("vocals").cSdr);
        QCOMPARE(outcome.all<CheckpointSaved>().size(), std::size_t(4));
        QVERIFY(std::holds_alternative<Finished>(outcome.events.back()));
    }

    void theJournalHasEveryEvent() {
        const RunOutcome first = test::train(config_, folder_, 7);
        const RunOutcome second = test::train(config_, folder_, 0, true);
        const EventLines lines = readJournal(folder_ / "journal.jsonl");
        QVERIFY(lines.notes.empty());
        QCOMPARE(lines.events.size(), first.events.size() + second.events.size());
        const EventTime time{};
        for (std::size_t i = 0; i < lines.events.size(); ++i) {
            const auto& expected =
                i < first.events.size() ? first.events[i] : second.events[i - first.events.size()];
            QCOMPARE(toJsonLine(lines.events[i].event, time), toJsonLine(expected, time));
        }
    }

    void rotationKeepsTheBest() {
        config_.training.keepLastNCheckpoints = 1;
        config_.training.learningRate = 1e-8; // the first validation stays the best, or nearly
        test::train(config_, folder_, 0);
        CheckpointStore store = test::storeOf(folder_);
        const Checkpoint newest = test::newestCheckpoint(folder_);
        QVERIFY(newest.state.best);
        QCOMPARE(store.best(), std::optional(newest.state.best->step));
        QVERIFY(store.steps().size() <= 2);
        QVERIFY(fs::exists(folder_ / "checkpoints" / "best" / "weights.safetensors"));
    }

    /// As on exFAT: a folder in the way of each new link fails it, and nothing else.
    void withoutLinksTheBestIsKept() {
        config_.training.keepLastNCheckpoints = 1;
        config_.training.learningRate = 1e-8;
        const auto react = [&](const TrainingEvent& event, RunControl&) {
            if (std::holds_alternative<StepDone>(event))
                fs::create_directories(folder_ / "checkpoints" / ".unfinished-best" / "in the way");
        };
        const RunOutcome outcome = test::train(config_, folder_, 0, false, react);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(outcome.all<SaveFailed>().empty());
        QVERIFY(!fs::exists(folder_ / "checkpoints" / "best"));
        const Checkpoint newest = test::newestCheckpoint(folder_);
        QVERIFY(newest.state.best);
        QCOMPARE(test::storeOf(folder_).best(), std::optional(newest.state.best->step));
        double best = -1e9; // each validation is compared with the best, not with the one before
        for (const auto& validation : outcome.all<ValidationDone>()) {
            const double score = *validation.stems.at("vocals").cSdr;
            QCOMPARE(validation.best, score > best);
            best = std::max(best, score);
        }
        QVERIFY(test::train(config_, folder_, 0, true).all<StepDone>().empty()); // and it can be resumed
    }

    /// A mark that cannot be written is no checkpoint that could not be saved, and the best stays anyway.
    void aBestThatCannotBeMarkedIsKept() {
        config_.training.keepLastNCheckpoints = 1;
        config_.training.learningRate = 1e-8;
        const auto react = [&](const TrainingEvent& event, RunControl&) {
            if (std::holds_alternative<StepDone>(event))
                fs::create_directories(folder_ / "checkpoints" / "best.txt" / "in the way");
        };
        const RunOutcome outcome = test::train(config_, folder_, 0, false, react);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(outcome.all<SaveFailed>().empty());
        QCOMPARE(outcome.all<CheckpointSaved>().size(), std::size_t(4));
        QVERIFY(hasNotice(outcome, "best.txt"));
        const Checkpoint newest = test::newestCheckpoint(folder_);
        QVERIFY(test::storeOf(folder_).contains(newest.state.best->step));
        QVERIFY(hasNotice(test::train(config_, folder_, 0, true), "not marked"));
        fs::remove_all(folder_ / "checkpoints" / "best.txt");
        test::train(config_, folder_, 0, true);
        QCOMPARE(test::storeOf(folder_).best(), std::optional(newest.state.best->step));
    }

    void bestIsTheHighestScore() {
        const RunOutcome outcome = test::train(config_, folder_, 0);
        std::optional<double> best;
        std::int64_t bestStep = 0;
        for (const auto& validation : outcome.all<ValidationDone>()) {
            const double score = *validation.stems.at("vocals").cSdr;
            QCOMPARE(validation.best, !best || score > *best);
            if (validation.best) {
                best = score;
                bestStep = validation.step;
            }
        }
        QCOMPARE(test::storeOf(folder_).best(), std::optional(bestStep));
        QCOMPARE(test::newestCheckpoint(folder_).state.best->score, *best);
    }

    void savesWhenAskedTo() {
        const RunOutcome outcome =
            test::train(config_, folder_, 4, false, after(2, [](RunControl& c) { c.requestSave(); }));
        const auto saved = outcome.all<CheckpointSaved>();
        QCOMPARE(saved.size(), std::size_t(2));
        QCOMPARE(saved[0].step, std::int64_t(2));
        QCOMPARE(saved[1].step, std::int64_t(4));
    }

    void pausesSavesAndGoesOn() {
        const auto react = [](const TrainingEvent& event, RunControl& control) {
            if (const auto* done = std::get_if<StepDone>(&event); done && done->step == 2)
                control.pause();
            if (std::holds_alternative<Paused>(event))
                control.requestSave();
            if (std::holds_alternative<CheckpointSaved>(event))
                control.resume();
        };
        const RunOutcome outcome = test::train(config_, folder_, 4, false, react);
        QCOMPARE(outcome.all<Paused>().size(), std::size_t(1));
        QCOMPARE(outcome.all<Resumed>().size(), std::size_t(1));
        QCOMPARE(outcome.all<Paused>()[0].step, std::int64_t(2));
        QCOMPARE(outcome.all<CheckpointSaved>()[0].step, std::int64_t(2));
        QCOMPARE(outcome.all<StepDone>().size(), std::size_t(4));
    }

    void aStopWithinAPauseSaves() {
        const auto react = [](const TrainingEvent& event, RunControl& control) {
            if (std::holds_alternative<StepDone>(event))
                control.pause();
            if (std::holds_alternative<Paused>(event))
                control.requestStop();
        };
        const RunOutcome outcome = test::train(config_, folder_, 0, false, react);
        QCOMPARE(std::get<Stopped>(outcome.end).step, std::int64_t(1));
        QCOMPARE(test::newestCheckpoint(folder_).state.progress.step, std::int64_t(1));
    }

    void aCheckpointThatCannotBeWrittenIsNoEnd() {
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
        const RunOutcome outcome = test::train(config_, folder_, 4, false, react);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QCOMPARE(outcome.all<SaveFailed>().size(), std::size_t(1));
        QCOMPARE(outcome.all<StepDone>().size(), std::size_t(4));
        QCOMPARE(test::storeOf(folder_).steps(), (std::vector<std::int64_t>{4}));
    }

    void unsavedWorkIsNamedAtAStop() {
        const fs::path checkpoints = folder_ / "checkpoints";
        const auto react = [&](const TrainingEvent& event, RunControl& control) {
            const auto* done = std::get_if<StepDone>(&event);
            if (done && done->step == 6) { // behind the checkpoint of the first epoch
                fs::rename(checkpoints, folder_ / "moved");
                std::ofstream(checkpoints) << "in the way";
                control.requestSave();
            }
            if (done && done->step == 8)
                control.requestStop();
        };
        const RunOutcome outcome = test::train(config_, folder_, 0, false, react);
        const auto failures = outcome.all<SaveFailed>();
        QCOMPARE(failures.size(), std::size_t(2)); // as asked for, and at the stop; between them the back-off
        QCOMPARE(failures[0].step, std::int64_t(6));
        QVERIFY(failures[0].retrySeconds > 0);
        const std::string unsaved = std::get<Stopped>(outcome.end).unsaved;
        QVERIFY2(contains(unsaved, "after step 5") && contains(unsaved, "step 8"), unsaved.c_str());
    }

    /// Trains with a full disk from step `last` on; calls `onFailure` each time that saving has failed.
    RunOutcome trainToAFullDisk(const std::function<void(RunControl&)>& onFailure) {
        const auto react = [=, this](const TrainingEvent& event, RunControl& control) {
            const auto* done = std::get_if<StepDone>(&event);
            if (done && done->step == 4) {
                fs::rename(folder_ / "checkpoints", folder_ / "moved");
                std::ofstream(folder_ / "checkpoints") << "in the way";
            }
            if (std::holds_alternative<SaveFailed>(event))
                onFailure(control);
        };
        return test::train(config_, folder_, 4, false, react);
    }

    void aRunThatEndsOnAFullDiskWaitsForRoom() {
        int failures = 0;
        const RunOutcome outcome = trainToAFullDisk([&](RunControl& control) {
            if (++failures == 3) {
                fs::remove(folder_ / "checkpoints");
                fs::rename(folder_ / "moved", folder_ / "checkpoints");
            }
            control.requestSave(); // as the user who has made room, and so that the test need not wait
        });
        QCOMPARE(failures, 3);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(hasNotice(outcome, "waits until its last checkpoint can be written"));
        QCOMPARE(test::newestCheckpoint(folder_).state.progress.step, std::int64_t(4));
    }

    void aStopEndsTheWaitForRoom() {
        int failures = 0;
        const RunOutcome outcome = trainToAFullDisk([&](RunControl& control) {
            ++failures;
            control.requestStop();
        });
        QCOMPARE(failures, 1);
        const std::string unsaved = std::get<Stopped>(outcome.end).unsaved;
        QVERIFY2(contains(unsaved, "everything up to step 4"), unsaved.c_str());
    }

    void aRunFolderThatIsMovedAwayIsMadeAgain() {
        const fs::path moved = folder_.parent_path() / "moved";
        const RunOutcome outcome = test::train(config_, folder_, 12, false,
                                               after(7, [&](RunControl&) { fs::rename(folder_, moved); }));
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(hasNotice(outcome, "was moved or deleted"));
        QVERIFY(loadConfig(folder_ / "config.yaml") == config_);
        QCOMPARE(test::newestCheckpoint(folder_).state.progress.step, std::int64_t(12));
        QCOMPARE(eventFiles(folder_), eventFiles(moved));
        // Nothing that was said is in neither journal.
        const std::size_t lines = readJournal(folder_ / "journal.jsonl").events.size() +
                                  readJournal(moved / "journal.jsonl").events.size();
        QCOMPARE(lines, outcome.events.size());
        QCOMPARE(test::train(config_, folder_, 13, true).all<StepDone>().size(), std::size_t(1));
        QCOMPARE(test::newestCheckpoint(moved).state.progress.step, std::int64_t(5));
    }

    void aMissingConfigurationIsNoEndOfARun() {
        const RunOutcome outcome = test::train(
            config_, folder_, 7, false, after(2, [&](RunControl&) { fs::remove(folder_ / "config.yaml"); }));
        QVERIFY(hasNotice(outcome, "config.yaml was missing"));
        QVERIFY(loadConfig(folder_ / "config.yaml") == config_);
        fs::remove(folder_ / "config.yaml");
        QCOMPARE(test::train(config_, folder_, 8, true).all<Started>()[0].step, std::int64_t(7));
        QVERIFY(fs::exists(folder_ / "config.yaml"));
    }

    /// The lock was removed by hand, and another program has begun to write the run.
    void twoWritersAreOneTooMany() {
        std::optional<RunLock> other;
        const std::string message = refusal([&] {
            test::train(config_, folder_, 7, false, after(2, [&](RunControl& control) {
                            fs::remove(folder_ / ".lock");
                            other.emplace(folder_ / ".lock");
                            std::ofstream(folder_ / ".lock") << "process 1 on elsewhere\n";
                            control.requestSave();
                        }));
        });
        QVERIFY2(contains(message, "process 1 on elsewhere"), message.c_str());
        QVERIFY(test::storeOf(folder_).steps().empty());
    }

    /// What cannot be read now may be read later: nothing is set aside, and the run does not go back.
    void aReadErrorIsNoDamage() {
        test::train(config_, folder_, 6);
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
            const std::string message = refusal([&] {
                const test::Unprivileged user;
                test::train(config_, folder_, 0, true);
            });
            QVERIFY2(contains(message, "Permission denied") && contains(message, name), message.c_str());
            fs::permissions(file, fs::perms::all);
        }
        QCOMPARE(test::storeOf(folder_).steps(), (std::vector<std::int64_t>{6, 5}));
        QCOMPARE(test::train(config_, folder_, 7, true).all<Started>()[0].step, std::int64_t(6));
    }

    void aDamagedCheckpointFallsBackToTheOneBefore() {
        test::train(config_, folder_, 12);
        CheckpointStore store = test::storeOf(folder_);
        QCOMPARE(store.steps(), (std::vector<std::int64_t>{12, 10, 5}));
        damage(store.path(12) / stateFileName);
        damage(store.path(10) / weightsFileName);
        const RunOutcome resumed = test::train(config_, folder_, 0, true);
        QVERIFY(hasNotice(resumed, "step 12 is damaged"));
        QVERIFY(hasNotice(resumed, "going back to that of step 5"));
        QCOMPARE(resumed.all<Started>()[0].step, std::int64_t(5));
        QVERIFY(fs::exists(folder_ / "checkpoints" / "damaged-step-00000012"));

        const fs::path whole = folder_.parent_path() / "whole";
        test::train(config_, whole, 0);
        const std::string found =
            test::difference(test::newestCheckpoint(folder_), test::newestCheckpoint(whole));
        QVERIFY2(found.empty(), found.c_str());
    }

    void noGoodCheckpointAtAllIsAnError() {
        test::train(config_, folder_, 3);
        CheckpointStore store = test::storeOf(folder_);
        damage(store.path(3) / stateFileName);
        const std::string message = refusal([&] { test::train(config_, folder_, 0, true); });
        QVERIFY2(contains(message, "no checkpoint of the run can be read"), message.c_str());
        QVERIFY(store.contains(3));
    }

    /// Killed before the first checkpoint, for example.
    void aRunThatNeverHadACheckpointBeginsAtStepZero() {
        RunFolder::begin(folder_, config_);
        const RunOutcome outcome = test::train(config_, folder_, 4, true);
        QVERIFY(hasNotice(outcome, "no checkpoint yet"));
        QCOMPARE(outcome.all<Started>()[0].step, std::int64_t(0));
    }

    void aRunWhoseCheckpointsAreGoneIsRefused() {
        test::train(config_, folder_, 7);
        fs::remove_all(folder_ / "checkpoints");
        const std::string message = refusal([&] { test::train(config_, folder_, 0, true); });
        QVERIFY2(contains(message, "its journal tells of one at step 7"), message.c_str());
        QVERIFY(test::storeOf(folder_).steps().empty());
    }

    void anotherNumberOfThreadsIsNoticed() {
        const RunOutcome first = test::train(config_, folder_, 3);
        QCOMPARE(first.all<Started>()[0].threads, std::optional(1));
        QVERIFY(!hasNotice(test::train(config_, folder_, 6, true), "CPU threads"));
        at::set_num_threads(2);
        const RunOutcome other = test::train(config_, folder_, 9, true);
        at::set_num_threads(1);
        QCOMPARE(other.all<Started>()[0].threads, std::optional(2));
        QVERIFY(hasNotice(other, "CPU threads: 1 so far, 2 from now on"));
    }

    void changesAreListedOrRefused() {
        test::train(config_, folder_, 3);
        RunConfig changed = config_;
        changed.training.learningRate = 1e-3;
        changed.training.numEpochs = 6;
        const RunOutcome outcome = test::train(changed, folder_, 4, true);
        QVERIFY(hasNotice(outcome, "training.learning_rate: 0.0005 -> 0.001"));
        QVERIFY(hasNotice(outcome, "training.num_epochs: 4 -> 6"));

        changed.model.dState = 8;
        changed.training.seed = 5;
        const std::string message = refusal([&] { test::train(changed, folder_, 5, true); });
        QVERIFY(contains(message, "model.d_state: 16 -> 8") && contains(message, "training.seed"));
        QCOMPARE(test::newestCheckpoint(folder_).state.progress.step, std::int64_t(4));
    }

    void aFinishedRunIsFinished() {
        test::train(config_, folder_, 0);
        const RunOutcome again = test::train(config_, folder_, 0, true);
        QVERIFY(std::holds_alternative<Finished>(again.end));
        QVERIFY(again.all<StepDone>().empty() && again.all<CheckpointSaved>().empty());
    }

    void aFolderWithARunNeedsResume() {
        test::train(config_, folder_, 1);
        QVERIFY(contains(refusal([&] { test::train(config_, folder_, 2); }), "--resume"));
        QVERIFY(!refusal([&] { test::train(config_, folder_.parent_path() / "none", 2, true); }).empty());
    }

    void aSecondWriterIsRefused() {
        std::string message;
        test::train(config_, folder_, 2, false, after(1, [&](RunControl&) {
                        message = refusal([&] { test::train(config_, folder_, 2, true); });
                    }));
        QVERIFY2(contains(message, std::to_string(getpid())), message.c_str());
    }

    void weightsToStartFromAreTaken() {
        test::train(config_, folder_, 3);
        const fs::path other = folder_.parent_path() / "other";
        config_.training.initFrom = (folder_ / "checkpoints/step-00000003" / weightsFileName).string();
        config_.training.learningRate = 1e-8;
        test::train(config_, other, 1);
        const auto given = readSafetensors(config_.training.initFrom).tensors;
        const std::string found =
            test::difference(test::newestCheckpoint(other).tensors.weights, given, "weights");
        QVERIFY2(found.empty(), found.c_str());
    }

    /// Weights of another model would be half a start, and nobody would know.
    void onlyAWholeModelStartsTraining() {
        test::train(config_, folder_, 1);
        const fs::path file = folder_ / "checkpoints/step-00000001" / weightsFileName;
        const TensorMap whole = readSafetensors(file.string()).tensors;
        config_.training.initFrom = (folder_.parent_path() / "changed.safetensors").string();
        int attempt = 0;
        const auto refusalOf = [&](const TensorMap& tensors) {
            writeSafetensors(config_.training.initFrom, tensors);
            const fs::path run = folder_.parent_path() / std::to_string(++attempt);
            return refusal([&] { test::train(config_, run, 1); });
        };
        const std::string name = whole.begin()->first;
        TensorMap shorter = whole;
        shorter.erase(name);
        QVERIFY2(contains(refusalOf(shorter), "missing: " + name), name.c_str());
        TensorMap longer = whole;
        longer["refiner.weight"] = at::zeros({3});
        QVERIFY(contains(refusalOf(longer), "left over: refiner.weight"));
        TensorMap deeper = whole;
        deeper["layers.9.0.linear.bias"] = at::zeros({3});
        QVERIFY(contains(refusalOf(deeper), "the file has"));
        QVERIFY(contains(refusalOf({{"stranger", at::zeros({3})}}), "stranger"));
    }

    void whatPartialWeightsLackIsNamed() {
        test::train(config_, folder_, 1);
        const fs::path file = folder_ / "checkpoints/step-00000001" / weightsFileName;
        TensorMap tensors = readSafetensors(file.string()).tensors;
        const std::string missing = tensors.begin()->first;
        tensors.erase(missing);
        tensors["stranger"] = at::zeros({3});
        config_.training.initFrom = (folder_.parent_path() / "partial.safetensors").string();
        writeSafetensors(config_.training.initFrom, tensors, {{partialWeightsKey, "true"}});
        const RunOutcome outcome = test::train(config_, folder_.parent_path() / "other", 1);
        QVERIFY(hasNotice(outcome, missing));
        QVERIFY(hasNotice(outcome, "stranger"));
    }

    void badDataLeavesNoRunBehind() {
        const auto refused = [&](const std::string& part) {
            const std::string message = refusal([&] { test::train(config_, folder_, 1); });
            QVERIFY2(contains(message, part), message.c_str());
            QVERIFY(!fs::exists(folder_));
        };
        config_.data.root = "";
        refused("--data");
        config_.data.root = (folder_.parent_path() / "nowhere").string();
        refused("nowhere");
        config_.data.root = folder_.parent_path().string(); // empty
        refused(config_.data.root);
        config_ = run_.config();
        config_.data.targets = {"piano"};
        refused("piano");
        config_ = run_.config();
        config_.data.validation = std::vector<std::string>{"a", "b", "c", "judge"};
        refused("training");
        config_ = run_.config();
        config_.data.validation = std::vector<std::string>{"unheard of"};
        refused("unheard of");
    }

    void oneSongIsNotEnoughForAValidationShare() {
        test::TinyDataset single;
        single.add("train/only",
                   {.stems = {"vocals"}, .frames = 8000, .spec = {.sampleRate = 8000, .channels = 1}});
        config_.data.root = single.root().string();
        config_.data.validation = 0.5;
        QVERIFY(!refusal([&] { test::train(config_, folder_, 1); }).empty());
        QVERIFY(!fs::exists(folder_));
    }

    void aFolderThatCannotBeMadeIsAFailure() {
        std::ofstream(folder_.parent_path() / "file") << "mine";
        const std::string message =
            refusal([&] { test::train(config_, folder_.parent_path() / "file" / "run", 1); });
        QVERIFY2(contains(message, "cannot make the folder"), message.c_str());
    }

    /// The songs go away after step 5, as on a network disk, when the validation reads them next. Once that
    /// has been said they come back, or a stop is asked for.
    void songsThatGoAwayAreWaitedFor_data() {
        QTest::addColumn<bool>("stop");
        QTest::newRow("they come back") << false;
        QTest::newRow("a stop comes") << true;
    }
    void songsThatGoAwayAreWaitedFor() {
        QFETCH(const bool, stop);
        const fs::path songs = fs::path(run_.root()) / "train", away = fs::path(run_.root()) / "away";
        const auto outage = [&](const TrainingEvent& event, RunControl& control) {
            if (const auto* done = std::get_if<StepDone>(&event); done && done->step == 5)
                fs::rename(songs, away);
            const auto* notice = std::get_if<Notice>(&event);
            if (notice == nullptr || !contains(notice->text, "cannot be reached"))
                return;
            if (stop)
                control.requestStop();
            else
                fs::rename(away, songs);
        };
        const RunOutcome outcome = test::train(config_, folder_, 7, false, outage);
        if (fs::exists(away))
            fs::rename(away, songs);
        QVERIFY(hasNotice(outcome, "the songs cannot be reached"));
        QCOMPARE(std::holds_alternative<Stopped>(outcome.end), stop);
        QCOMPARE(hasNotice(outcome, "can be reached again"), !stop);
        QCOMPARE(outcome.all<ValidationDone>().size(), stop ? 0U : 1U);
        QCOMPARE(test::newestCheckpoint(folder_).state.progress.step, std::int64_t(stop ? 5 : 7));
    }

    /// Data that becomes unreadable on the way: what was learned until then is kept.
    void aFailureSavesWhatWasDone() {
        config_.training.batchSize = 4;
        const auto spoil = [&](RunControl&) {
            for (const auto& entry : fs::recursive_directory_iterator(run_.root())) {
                if (entry.path().extension() == ".wav")
                    std::ofstream(entry.path(), std::ios::trunc) << "spoilt";
            }
        };
        const std::string message =
            refusal([&] { test::train(config_, folder_, 0, false, after(8, spoil)); });
        QVERIFY2(contains(message, ".wav"), message.c_str());
        // Group 6-8 was done; whatever could be read of the next group is dropped with it.
        const Checkpoint last = test::newestCheckpoint(folder_);
        QVERIFY(last.state.progress.step >= 8);
        QCOMPARE(last.state.progress.groupSize, 0);
        QVERIFY(last.tensors.group.empty());
    }

private:
    test::TinyRun run_;
    std::optional<QTemporaryDir> temporary_;
    fs::path folder_;
    RunConfig config_;
};

HEADROOM_TEST_MAIN(TestTrainer)
#include "tst_trainer.moc"
