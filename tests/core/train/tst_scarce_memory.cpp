// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/trainer.h"
#include "tests/core/train/tiny_run.h"
#include "tests/core/train/training_runner.h"
#include "tests/support/scarce_memory.h"
#include "tests/support/sparse_weights.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>
#include <QTemporaryDir>

#include <filesystem>

using namespace headroom;
using test::RunOutcome;
using test::ScarceMemory;
namespace fs = std::filesystem;

namespace {

/// After step 2, limits memory to this share of what a step needs in addition to parameters and state.
test::Reaction limitMemoryAfterStep2(double share) {
    return [share](const TrainingEvent& event, RunControl&) {
        ScarceMemory& memory = ScarceMemory::install();
        const auto* done = std::get_if<StepDone>(&event);
        if (done && done->step == 2)
            memory.setLimit(memory.allocated() + static_cast<std::int64_t>(
                                                     share * static_cast<double>(done->memory->peakAllocated -
                                                                                 done->memory->allocated)));
        // Validation and saving are not under test.
        if (done && done->step == 4)
            memory.setUnlimited();
    };
}

} // namespace

/// A run on a device with too little memory.
class TestScarceMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        ScarceMemory::install();
    }
    void init() {
        temporary_.emplace();
        folder_ = fs::path(temporary_->path().toStdString()) / "run";
        config_ = run_.config();
        config_.training.batchSize = 4;
    }
    void cleanup() { ScarceMemory::install().setUnlimited(); }

    /// Groups have three steps: the first two are repeated together with the third.
    void continuesInSmallerMicroBatches() {
        const RunOutcome outcome = test::train(config_, folder_, 5, false, limitMemoryAfterStep2(0.8));
        const auto shortages = outcome.all<OutOfMemory>();
        QCOMPARE(shortages.size(), std::size_t(1));
        QCOMPARE(shortages[0].step, std::int64_t(3));
        QCOMPARE(shortages[0].microBatchBefore, 4);
        QCOMPARE(shortages[0].microBatchAfter, 2);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QCOMPARE(test::newestCheckpoint(folder_).state.microBatch, 2);

        const RunOutcome ample = test::train(config_, folder_.string() + "-ample", 5);
        const auto steps = outcome.all<StepDone>();
        const auto expected = ample.all<StepDone>();
        QCOMPARE(steps.size(), expected.size());
        for (std::size_t i = 0; i < steps.size(); ++i) {
            QCOMPARE(steps[i].step, expected[i].step);
            QVERIFY(std::abs(steps[i].loss - expected[i].loss) < 1e-4 * expected[i].loss);
        }
    }

    /// A tensor of another shape is refused before it is read.
    void comparesShapesOfInitialWeightsFirst() {
        config_.training.initFrom = temporary_->filePath("large.safetensors").toStdString();
        test::writeSparseSafetensors(config_.training.initFrom, {}, "layers.0.0.linear.bias", 800'000'000);
        ScarceMemory& memory = ScarceMemory::install();
        memory.setLimit(memory.allocated() + (1 << 30));
        try {
            test::train(config_, folder_, 1);
            QFAIL("was accepted");
        } catch (const Error& error) {
            QVERIFY2(error.where() == config_.training.initFrom, error.message().c_str());
        }
    }

    void savesRunIfOneExampleDoesNotFit() {
        config_.training.saveEveryNMinutes = 1000;
        config_.training.gradientAccumulationSteps = 2;
        std::vector<TrainingEvent> events;
        RunControl control;
        Trainer trainer;
        const auto shortage = limitMemoryAfterStep2(0.1);
        const EventSink sink = [&](const TrainingEvent& event) {
            events.push_back(event);
            shortage(event, control);
        };
        Failed failed;
        try {
            trainer.run({config_, folder_.string(), "cpu", 5}, control, sink);
        } catch (...) {
            failed = failureOf(std::current_exception(), 2);
        }
        ScarceMemory::install().setUnlimited();
        trainer.emitEnd(failed, sink);
        QCOMPARE(failed.category, std::string("out_of_memory"));
        QVERIFY(failed.remedy.find("recompute") != std::string::npos);
        QCOMPARE(test::newestCheckpoint(folder_).state.progress.step, std::int64_t(2));
    }

private:
    test::TinyRun run_;
    std::optional<QTemporaryDir> temporary_;
    fs::path folder_;
    RunConfig config_;
};

HEADROOM_TEST_MAIN(TestScarceMemory)
#include "tst_scarce_memory.moc"
