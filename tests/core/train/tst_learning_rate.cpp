#include "core/train/learning_rate.h"
#include "tests/support/strict_main.h"

#include <limits>

using namespace headroom;

class TestLearningRate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void constantByDefault() {
        const TrainingConfig config;
        LearningRate rate;
        for (int i = 0; i < 10; ++i)
            rate.validated(config, -i);
        QCOMPARE(rate.value(config, 1), config.learningRate);
        QCOMPARE(rate.value(config, 1'000'000), config.learningRate);
    }
    void risesLinearly() {
        TrainingConfig config;
        config.learningRate = 1;
        config.warmupSteps = 4;
        const LearningRate rate;
        QCOMPARE(rate.value(config, 1), 0.25);
        QCOMPARE(rate.value(config, 2), 0.5);
        QCOMPARE(rate.value(config, 4), 1.0);
        QCOMPARE(rate.value(config, 5), 1.0);
    }
    void fallsOnAPlateau() {
        TrainingConfig config;
        config.learningRate = 1;
        config.plateauPatience = 2;
        config.plateauFactor = 0.5;
        LearningRate rate;
        const auto after = [&](std::optional<double> score) {
            rate.validated(config, score);
            return rate.value(config, 1);
        };
        QCOMPARE(after(3.0), 1.0);
        QCOMPARE(after(3.0), 1.0); // as good is no better
        QCOMPARE(after(3.1), 1.0);
        QCOMPARE(after({}), 1.0);
        QCOMPARE(after(std::numeric_limits<double>::quiet_NaN()), 0.5);
        QCOMPARE(after(3.0), 0.5);
        QCOMPARE(after(3.0), 0.25);
        QCOMPARE(after(4.0), 0.25); // better scores do not raise it
    }
    void negativeScoresCount() {
        TrainingConfig config;
        config.plateauPatience = 1;
        LearningRate rate;
        rate.validated(config, -9.0);
        rate.validated(config, -8.0);
        QCOMPARE(rate.state().factor, 1.0);
        QCOMPARE(rate.state().bestScore, std::optional(-8.0));
    }
    void restoredStateGoesOn() {
        TrainingConfig config;
        config.plateauPatience = 2;
        LearningRate first;
        for (double score : {1.0, 0.5, 0.5, 0.7})
            first.validated(config, score);
        LearningRate second;
        second.restore(first.state());
        first.validated(config, 0.9);
        second.validated(config, 0.9);
        QVERIFY(first.state() == second.state());
        QCOMPARE(second.state().factor, 0.25);
    }
};

HEADROOM_TEST_MAIN(TestLearningRate)
#include "tst_learning_rate.moc"
