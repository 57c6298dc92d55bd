// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/run_progress.h"
#include "tests/support/strict_main.h"

#include <vector>

using headroom::RunProgress;
using headroom::TrainingConfig;

namespace {

TrainingConfig training(int stepsPerEpoch, int accumulation, int epochs = 2) {
    TrainingConfig config;
    config.stepsPerEpoch = stepsPerEpoch;
    config.gradientAccumulationSteps = accumulation;
    config.numEpochs = epochs;
    return config;
}

} // namespace

class TestRunProgress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Every step belongs to one group; no group is longer than gradient_accumulation_steps or crosses an
    /// epoch.
    void groupsCoverEpochsExactly() {
        for (int stepsPerEpoch = 1; stepsPerEpoch <= 9; ++stepsPerEpoch) {
            for (int accumulation = 1; accumulation <= 11; ++accumulation) {
                const TrainingConfig config = training(stepsPerEpoch, accumulation);
                RunProgress progress;
                while (progress.epoch <= config.numEpochs) {
                    int steps = 0;
                    while (!progress.epochDone(config)) {
                        progress.openGroup(config);
                        const int size = progress.groupSize;
                        QVERIFY(size >= 1 && size <= accumulation);
                        ++steps;
                        if (progress.finishStep(3)) {
                            QCOMPARE(progress.groupStep, size);
                            progress.finishGroup(false);
                        }
                    }
                    QCOMPARE(steps, stepsPerEpoch);
                    progress.finishEpoch(config);
                }
                QCOMPARE(progress.step, std::int64_t(2) * stepsPerEpoch);
                QCOMPARE(progress.nextExample, progress.step * 3);
                const int groups = (stepsPerEpoch + accumulation - 1) / accumulation;
                QCOMPARE(progress.update, std::int64_t(2) * groups);
            }
        }
    }

    void stepsOfSeveralRanksCountLikeStepsOneByOne() {
        const TrainingConfig config = training(6, 4);
        RunProgress one;
        RunProgress three;
        for (RunProgress* progress : {&one, &three})
            progress->openGroup(config);
        for (int step = 0; step < 3; ++step)
            QVERIFY(!one.finishStep(5));
        QVERIFY(!three.finishStep(5, 3));
        QVERIFY(one == three);
        QVERIFY(one.finishStep(5));
        QVERIFY(three.finishStep(5, 1));
        QVERIFY(one == three);
    }

    void changedAccumulationAppliesToNextGroup() {
        TrainingConfig config = training(100, 4);
        RunProgress progress;
        progress.openGroup(config);
        QVERIFY(!progress.finishStep(1));
        config.gradientAccumulationSteps = 2;
        progress.openGroup(config);
        QCOMPARE(progress.groupSize, 4);
        QVERIFY(!progress.finishStep(1));
        QVERIFY(!progress.finishStep(1));
        QVERIFY(progress.finishStep(1));
        progress.finishGroup(false);
        progress.openGroup(config);
        QCOMPARE(progress.groupSize, 2);
    }

    void countsExamplesOfEachBatch() {
        const TrainingConfig config = training(100, 1);
        RunProgress progress;
        for (const int batch : {5, 5, 2, 1, 7}) {
            progress.openGroup(config);
            if (progress.finishStep(batch))
                progress.finishGroup(false);
        }
        QCOMPARE(progress.nextExample, std::int64_t(20));
        QCOMPARE(progress.step, std::int64_t(5));
    }

    void countsSkippedUpdatesSeparately() {
        const TrainingConfig config = training(4, 1);
        RunProgress progress;
        for (const bool skipped : {false, true, true}) {
            progress.openGroup(config);
            QVERIFY(progress.finishStep(1));
            progress.finishGroup(skipped);
        }
        QCOMPARE(progress.update, std::int64_t(1));
        QCOMPARE(progress.skippedUpdates, std::int64_t(2));
    }

    void finishesGroupOfShortenedEpoch() {
        TrainingConfig config = training(100, 4);
        RunProgress progress;
        progress.openGroup(config);
        progress.finishStep(1);
        progress.finishStep(1);
        config.stepsPerEpoch = 2;
        QVERIFY(!progress.epochDone(config));
        progress.finishStep(1);
        QVERIFY(progress.finishStep(1));
        progress.finishGroup(false);
        QVERIFY(progress.epochDone(config));
    }

    void validationIsDueEveryNthEpochAndAtTheEnd() {
        TrainingConfig config = training(1, 1, 5);
        config.validateEveryNEpochs = 2;
        RunProgress progress;
        std::vector<bool> due;
        for (int epoch = 1; epoch <= 5; ++epoch) {
            progress.finishEpoch(config);
            due.push_back(progress.validationDue);
        }
        QCOMPARE(due, (std::vector<bool>{false, true, false, true, true}));
    }

    void remainingStepsReachTheEnd() {
        const TrainingConfig config = training(10, 1, 3);
        RunProgress progress;
        QCOMPARE(totalSteps(config, 0), std::int64_t(30));
        QCOMPARE(totalSteps(config, 12), std::int64_t(12));
        QCOMPARE(totalSteps(config, 99), std::int64_t(30));
        progress.step = 14;
        progress.epoch = 2;
        progress.epochStep = 4;
        QCOMPARE(remainingSteps(progress, config, 0), std::int64_t(16));
        QCOMPARE(remainingSteps(progress, config, 20), std::int64_t(6));
        QCOMPARE(remainingSteps(progress, config, 14), std::int64_t(0));
        QCOMPARE(remainingSteps(progress, config, 99), std::int64_t(16));
    }
};

HEADROOM_TEST_MAIN(TestRunProgress)
#include "tst_run_progress.moc"
