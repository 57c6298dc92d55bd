// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/train/trainer_fixture.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <variant>
#include <vector>

using namespace headroom;
using test::RunOutcome;
namespace fs = std::filesystem;

/// How a run saves, marks and keeps its best checkpoint.
class TestBestCheckpoint : public QObject, private test::TrainerFixture {
    Q_OBJECT

    /// Neither the end of an epoch nor the clock saves.
    void saveOnlyNewBest() {
        config_.training.saveEveryNEpochs = 1000;
        config_.training.saveEveryNMinutes = 0;
    }

    /// Keeps only the newest and the best checkpoint. Scores hardly change, so that an early one is the best.
    void keepFewCheckpoints() {
        config_.training.keepLastNCheckpoints = 1;
        config_.training.learningRate = 1e-8;
    }

    /// Creates a folder of this name in the checkpoints folder, so that no file or link can have it.
    test::Reaction blockName(const std::string& name) const {
        return [path = folder_ / "checkpoints" / name](const TrainingEvent& event, RunControl&) {
            if (std::holds_alternative<StepDone>(event))
                fs::create_directories(path / "not empty");
        };
    }

private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void init() { reset(); }

    void savesNewBestImmediately() {
        saveOnlyNewBest();
        bool isBestUnsaved = false;
        std::vector<std::int64_t> expected;
        const auto react = [&](const TrainingEvent& event, RunControl&) {
            if (const auto* validation = std::get_if<ValidationDone>(&event);
                validation && validation->best) {
                isBestUnsaved = true;
                expected.push_back(validation->step);
            }
            if (std::holds_alternative<CheckpointSaved>(event))
                isBestUnsaved = false;
            if (std::holds_alternative<StepDone>(event))
                QVERIFY(!isBestUnsaved);
        };
        const RunOutcome outcome = test::train(config_, folder_, 0, false, react);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(!expected.empty());
        QCOMPARE(expected.front(), std::int64_t(5)); // after the first epoch
        if (expected.back() != 20)
            expected.push_back(20); // the end of the run

        std::vector<std::int64_t> saved;
        for (const auto& checkpoint : outcome.all<CheckpointSaved>())
            saved.push_back(checkpoint.step);
        QCOMPARE(saved, expected);
    }

    /// A run that is killed right after the event can be evaluated at its best step.
    void marksNewBestWhenSaved() {
        saveOnlyNewBest();
        std::int64_t best = 0;
        const auto react = [&](const TrainingEvent& event, RunControl&) {
            if (const auto* validation = std::get_if<ValidationDone>(&event); validation && validation->best)
                best = validation->step;
            if (std::holds_alternative<CheckpointSaved>(event))
                QCOMPARE(test::storeOf(folder_).best(), std::optional(best));
        };
        test::train(config_, folder_, 0, false, react);
        QVERIFY(best > 0);
    }

    void bestHasHighestScore() {
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

    void bestHasHighestScoreByTheChosenMetric() {
        config_.training.bestMetric = Metric::Fullness;
        const RunOutcome outcome = test::train(config_, folder_, 0);
        std::optional<double> best;
        for (const auto& validation : outcome.all<ValidationDone>()) {
            QCOMPARE(validation.metric, std::optional<std::string>("fullness"));
            const double score = *validation.stems.at("vocals").fullness;
            QCOMPARE(validation.best, !best || score > *best);
            best = std::max(best.value_or(score), score);
        }
        QCOMPARE(test::newestCheckpoint(folder_).state.best->score, *best);
    }

    /// Scores by two metrics cannot be compared. All checkpoints have all SDRs, but none has bleedless.
    void changedMetricChoosesTheBestAnew() {
        config_.training.keepLastNCheckpoints = 10;
        config_.training.numEpochs = 3;
        const RunOutcome before = test::train(config_, folder_, 0);
        std::optional<double> best;
        std::int64_t bestStep = 0;
        for (const auto& validation : before.all<ValidationDone>()) {
            const double score = *validation.stems.at("vocals").siSdr;
            if (!best || score > *best) {
                best = score;
                bestStep = validation.step;
            }
        }
        config_.training.bestMetric = Metric::SiSdr;
        RunOutcome outcome = test::train(config_, folder_, 0, true);
        QVERIFY(
            outcome.hasNotice("training.best_metric is now si_sdr instead of csdr. The best checkpoint by "
                              "it is that of step " +
                              std::to_string(bestStep)));
        QCOMPARE(test::storeOf(folder_).best(), std::optional(bestStep));

        config_.training.bestMetric = Metric::Bleedless;
        config_.training.numEpochs = 4;
        outcome = test::train(config_, folder_, 0, true);
        QVERIFY(outcome.hasNotice("No checkpoint has a score by it, so the next validation is the best"));
        QCOMPARE(outcome.all<ValidationDone>().size(), std::size_t(1));
        QVERIFY(outcome.all<ValidationDone>()[0].best);
        QCOMPARE(test::storeOf(folder_).best(), std::optional(std::int64_t(20)));
    }

    void rotationKeepsBest() {
        keepFewCheckpoints();
        test::train(config_, folder_, 0);
        const CheckpointStore store = test::storeOf(folder_);
        const Checkpoint newest = test::newestCheckpoint(folder_);
        QVERIFY(newest.state.best);
        QCOMPARE(store.best(), std::optional(newest.state.best->step));
        QVERIFY(store.steps().size() <= 2);
        QVERIFY(fs::exists(folder_ / "checkpoints" / "best" / "weights.safetensors"));
    }

    /// As on exFAT, which has no symbolic links.
    void keepsBestWithoutLinks() {
        keepFewCheckpoints();
        const RunOutcome outcome = test::train(config_, folder_, 0, false, blockName(".unfinished-best"));
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(outcome.all<SaveFailed>().empty());
        QVERIFY(!fs::exists(folder_ / "checkpoints" / "best"));
        const Checkpoint newest = test::newestCheckpoint(folder_);
        QVERIFY(newest.state.best);
        QCOMPARE(test::storeOf(folder_).best(), std::optional(newest.state.best->step));
        double best = -1e9; // each score is compared with the best, not with the previous one
        for (const auto& validation : outcome.all<ValidationDone>()) {
            const double score = *validation.stems.at("vocals").cSdr;
            QCOMPARE(validation.best, score > best);
            best = std::max(best, score);
        }
        QVERIFY(test::train(config_, folder_, 0, true).all<StepDone>().empty()); // it can be resumed
    }

    /// The checkpoint itself is saved, and kept as the best.
    void keepsBestThatCannotBeMarked() {
        keepFewCheckpoints();
        const RunOutcome outcome = test::train(config_, folder_, 0, false, blockName("best.txt"));
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(outcome.all<SaveFailed>().empty());
        QCOMPARE(outcome.all<CheckpointSaved>().size(), std::size_t(4));
        QVERIFY(outcome.hasNotice("best.txt"));
        const Checkpoint newest = test::newestCheckpoint(folder_);
        QVERIFY(test::storeOf(folder_).contains(newest.state.best->step));
        QVERIFY(test::train(config_, folder_, 0, true).hasNotice("not marked"));
        fs::remove_all(folder_ / "checkpoints" / "best.txt");
        test::train(config_, folder_, 0, true);
        QCOMPARE(test::storeOf(folder_).best(), std::optional(newest.state.best->step));
    }
};

HEADROOM_TEST_MAIN(TestBestCheckpoint)
#include "tst_best_checkpoint.moc"
