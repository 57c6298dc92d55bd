// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/core/train/tiny_run.h"
#include "tests/core/train/training_runner.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>
#include <QTemporaryDir>

#include <filesystem>
#include <map>
#include <tuple>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

constexpr int steps = 13; // two epochs of 5 steps, and a group of 3 of the third

} // namespace

/// An interrupted and resumed run ends in the same state as an uninterrupted one, bit for bit.
class TestExactResume : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); } // the steps are too small for more

    void afterStopAtAnyStep_data() {
        QTest::addColumn<int>("stopAfter");
        QTest::addColumn<bool>("bf16");
        QTest::addColumn<int>("workers");
        QTest::addColumn<int>("optimizer");
        const auto row = [](int stopAfter, bool bf16, int workers, int optimizer) {
            QTest::addRow("step %d, %s, %d workers, optimizer %d", stopAfter, bf16 ? "bf16" : "fp32", workers,
                          optimizer)
                << stopAfter << bf16 << workers << optimizer;
        };
        for (const bool bf16 : {false, true}) {
            for (const int workers : {0, 3}) {
                for (const int stopAfter : {1, 3, 4, 5, 7, 10, 12})
                    row(stopAfter, bf16, workers, 0);
            }
        }
        row(4, false, 0, 1);
        row(4, false, 0, 2);
    }

    void afterStopAtAnyStep() {
        QFETCH(int, stopAfter);
        QFETCH(bool, bf16);
        QFETCH(int, workers);
        QFETCH(int, optimizer);
        RunConfig config = run_.config();
        config.training.precision = bf16 ? Precision::Bf16 : Precision::Fp32;
        config.training.numWorkers = workers;
        config.training.optimizer = static_cast<OptimizerKind>(optimizer);

        // A stop during a step, as with Ctrl+C: the loader has batches in flight.
        const fs::path folder = freshFolder();
        const test::RunOutcome first =
            test::train(config, folder, steps, false, [&](const TrainingEvent& event, RunControl& control) {
                if (const auto* done = std::get_if<StepDone>(&event); done && done->step == stopAfter)
                    control.requestStop();
            });
        QVERIFY(std::holds_alternative<Stopped>(first.end));
        QCOMPARE(std::get<Stopped>(first.end).step, std::int64_t(stopAfter));
        QCOMPARE(std::get<Stopped>(first.end).unsaved, std::string());
        const test::RunOutcome second = test::train(config, folder, steps, true);
        QVERIFY(std::holds_alternative<Finished>(second.end));

        const Uninterrupted& whole = uninterrupted(config);
        const std::string found = test::difference(test::newestCheckpoint(folder), whole.end);
        QVERIFY2(found.empty(), found.c_str());
        compareSteps(second.all<StepDone>(), whole.steps, stopAfter);
    }

    void afterStopAtEveryStep() {
        const RunConfig config = run_.config();
        const fs::path folder = freshFolder();
        for (int step = 1; step <= steps; ++step)
            test::train(config, folder, step, step > 1);
        const std::string found = test::difference(test::newestCheckpoint(folder), uninterrupted(config).end);
        QVERIFY2(found.empty(), found.c_str());
    }

    /// Augmentation depends only on the number of the example.
    void withStemDropoutAndActiveWindows() {
        RunConfig config = run_.config();
        config.data.randomMixProbability = 1;
        config.data.stemDropout = 0.3;
        config.data.activityWindow = 0.4;
        config.data.stems = {"drums", "vocals"};
        const fs::path straight = freshFolder(), interrupted = freshFolder();
        const test::RunOutcome whole = test::train(config, straight, steps);
        test::train(config, interrupted, 4);
        test::train(loadConfig(interrupted / "config.yaml"), interrupted, 7, true);
        test::train(config, interrupted, steps, true);
        const std::string found =
            test::difference(test::newestCheckpoint(interrupted), test::newestCheckpoint(straight));
        QVERIFY2(found.empty(), found.c_str());
        QVERIFY(whole.all<StepDone>()[0].loss != uninterrupted(run_.config()).steps[0].loss);
    }

    void withRandomLengthsPitchesAndTempos() {
        RunConfig config = run_.config();
        config.audio.segmentLength = 0.4;
        config.audio.segmentShortening = 0.6;
        config.data.pitchProbability = 0.5;
        config.data.stretchProbability = 0.5;
        const fs::path straight = freshFolder(), interrupted = freshFolder();
        test::train(config, straight, steps);
        for (const int workers : {0, 3}) {
            config.training.numWorkers = workers;
            test::train(config, interrupted, workers == 0 ? 4 : 8, workers != 0);
        }
        config.training.numWorkers = 0;
        test::train(config, interrupted, steps, true);
        const std::string found =
            test::difference(test::newestCheckpoint(interrupted), test::newestCheckpoint(straight));
        QVERIFY2(found.empty(), found.c_str());
    }

    /// The resumed run repeats the validation once.
    void afterStopDuringValidation() {
        const RunConfig config = run_.config();
        const fs::path folder = freshFolder();
        const test::RunOutcome first =
            test::train(config, folder, steps, false, [](const TrainingEvent& event, RunControl& control) {
                if (const auto* done = std::get_if<StepDone>(&event); done && done->step == 5)
                    control.requestStop();
            });
        QVERIFY(first.all<ValidationDone>().empty());
        QVERIFY(test::newestCheckpoint(folder).state.progress.validationDue);
        const test::RunOutcome second = test::train(config, folder, steps, true);
        QCOMPARE(second.all<ValidationDone>().size(), std::size_t(2));
        QCOMPARE(second.all<ValidationDone>().front().step, std::int64_t(5));
        const std::string found = test::difference(test::newestCheckpoint(folder), uninterrupted(config).end);
        QVERIFY2(found.empty(), found.c_str());
    }

    /// Example numbers advance by the batch size of each step, so that it may change during the run.
    void afterOptionChanges() {
        const RunConfig config = run_.config();
        const auto change = [](const TrainingEvent& event, RunControl& control) {
            if (const auto* done = std::get_if<StepDone>(&event); done && done->step == 4) {
                control.changeOption({"training.batch_size", "3"});
                control.changeOption({"training.gradient_accumulation_steps", "2"});
                control.changeOption({"training.learning_rate", "0.001"});
                control.changeOption({"audio.segment_length", "0.15"});
                control.changeOption({"model.use_gradient_checkpointing", "true"});
            }
        };
        const fs::path straight = freshFolder();
        const test::RunOutcome whole = test::train(config, straight, steps, false, change);
        QCOMPARE(whole.all<OptionChanged>().size(), std::size_t(5));
        for (const OptionChanged& changed : whole.all<OptionChanged>())
            QCOMPARE(changed.step, std::int64_t(5));
        QCOMPARE(test::newestCheckpoint(straight).state.progress.nextExample, std::int64_t(4 * 2 + 9 * 3));

        const fs::path interrupted = freshFolder();
        test::train(config, interrupted, 7, false, change);
        const RunConfig changed = loadConfig(interrupted / "config.yaml");
        QCOMPARE(changed.training.batchSize, 3);
        QVERIFY(changed.model.useGradientCheckpointing);
        test::train(changed, interrupted, steps, true);
        const std::string found =
            test::difference(test::newestCheckpoint(interrupted), test::newestCheckpoint(straight));
        QVERIFY2(found.empty(), found.c_str());
    }

private:
    struct Uninterrupted {
        Checkpoint end;
        std::vector<StepDone> steps;
    };

    fs::path freshFolder() {
        return fs::path(temporary_.path().toStdString()) / ("run " + std::to_string(++folders_));
    }

    /// The uninterrupted run, which does not depend on the number of workers.
    const Uninterrupted& uninterrupted(const RunConfig& config) {
        const auto key = std::pair{config.training.precision, config.training.optimizer};
        const auto known = uninterrupted_.find(key);
        if (known != uninterrupted_.end())
            return known->second;
        const fs::path folder = freshFolder();
        const test::RunOutcome outcome = test::train(config, folder, steps);
        return uninterrupted_
            .emplace(key, Uninterrupted{test::newestCheckpoint(folder), outcome.all<StepDone>()})
            .first->second;
    }

    static void compareSteps(const std::vector<StepDone>& resumed, const std::vector<StepDone>& whole,
                             int stopAfter) {
        QCOMPARE(resumed.size(), whole.size() - static_cast<std::size_t>(stopAfter));
        for (std::size_t i = 0; i < resumed.size(); ++i) {
            const StepDone& a = resumed[i];
            const StepDone& b = whole[i + static_cast<std::size_t>(stopAfter)];
            const auto values = [](const StepDone& s) {
                return std::tuple(s.step, s.update, s.epoch, s.loss, s.learningRate, s.gradNorm);
            };
            QVERIFY(values(a) == values(b));
        }
    }

    test::TinyRun run_;
    QTemporaryDir temporary_;
    int folders_ = 0;
    std::map<std::pair<Precision, OptimizerKind>, Uninterrupted> uninterrupted_;
};

HEADROOM_TEST_MAIN(TestExactResume)
#include "tst_exact_resume.moc"
