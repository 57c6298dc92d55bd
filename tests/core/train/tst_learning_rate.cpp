// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/learning_rate.h"
#include "tests/support/strict_main.h"

#include <cmath>
#include <limits>

using namespace headroom;

namespace {

/// The progress before this update; 1 is the first.
RunProgress before(std::int64_t update) {
    RunProgress progress;
    progress.update = update - 1;
    return progress;
}

} // namespace

class TestLearningRate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isConstantByDefault() {
        const TrainingConfig config;
        LearningRate rate;
        for (int i = 0; i < 10; ++i)
            rate.addValidation(config, -i);
        QCOMPARE(rate.value(config, before(1)), config.learningRate);
        QCOMPARE(rate.value(config, before(1'000'000)), config.learningRate);
    }
    void warmupIsLinear() {
        TrainingConfig config;
        config.learningRate = 1;
        config.warmupSteps = 4;
        const LearningRate rate;
        QCOMPARE(rate.value(config, before(1)), 0.25);
        QCOMPARE(rate.value(config, before(2)), 0.5);
        QCOMPARE(rate.value(config, before(4)), 1.0);
        QCOMPARE(rate.value(config, before(5)), 1.0);
    }
    void decreasesOnPlateau() {
        TrainingConfig config;
        config.learningRate = 1;
        config.plateauPatience = 2;
        config.plateauFactor = 0.5;
        LearningRate rate;
        const auto after = [&](std::optional<double> score) {
            rate.addValidation(config, score);
            return rate.value(config, before(1));
        };
        QCOMPARE(after(3.0), 1.0);
        QCOMPARE(after(3.0), 1.0); // an equal score is not better
        QCOMPARE(after(3.1), 1.0);
        QCOMPARE(after({}), 1.0);
        QCOMPARE(after(std::numeric_limits<double>::quiet_NaN()), 0.5);
        QCOMPARE(after(3.0), 0.5);
        QCOMPARE(after(3.0), 0.25);
        QCOMPARE(after(4.0), 0.25); // better scores do not raise it
    }
    void decaysLinearlyToTheEnd() {
        TrainingConfig config;
        config.learningRate = 1;
        config.decayTo = 0.2;
        config.numEpochs = 2;
        config.stepsPerEpoch = 5;
        const LearningRate rate;
        RunProgress progress;
        for (int step = 0; step < 10; ++step) {
            QVERIFY(std::abs(rate.value(config, progress) - (1 - 0.08 * step)) < 1e-12);
            progress.openGroup(config);
            QVERIFY(progress.finishStep(1) == (progress.groupStep == progress.groupSize));
            if (progress.groupStep == progress.groupSize)
                progress.finishGroup(false);
            if (progress.epochDone(config))
                progress.finishEpoch(config);
        }
        QCOMPARE(rate.value(config, progress), 0.2);
    }
    void multipliesDecayAndWarmup() {
        TrainingConfig config;
        config.learningRate = 1;
        config.decayTo = 0;
        config.warmupSteps = 4;
        config.numEpochs = 1;
        config.stepsPerEpoch = 10;
        config.gradientAccumulationSteps = 1;
        RunProgress progress;
        progress.openGroup(config);
        progress.finishStep(1);
        progress.finishGroup(false);
        QVERIFY(std::abs(LearningRate().value(config, progress) - 0.5 * 0.9) < 1e-12);
    }
    void acceptsNegativeScores() {
        TrainingConfig config;
        config.plateauPatience = 1;
        LearningRate rate;
        rate.addValidation(config, -9.0);
        rate.addValidation(config, -8.0);
        QCOMPARE(rate.state().factor, 1.0);
        QCOMPARE(rate.state().bestScore, std::optional(-8.0));
    }
    void continuesFromRestoredState() {
        TrainingConfig config;
        config.plateauPatience = 2;
        LearningRate first;
        for (double score : {1.0, 0.5, 0.5, 0.7})
            first.addValidation(config, score);
        LearningRate second;
        second.restore(first.state());
        first.addValidation(config, 0.9);
        second.addValidation(config, 0.9);
        QVERIFY(first.state() == second.state());
        QCOMPARE(second.state().factor, 0.25);
    }
};

HEADROOM_TEST_MAIN(TestLearningRate)
#include "tst_learning_rate.moc"
