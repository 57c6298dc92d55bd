// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/step_time.h"
#include "tests/support/strict_main.h"

using namespace headroom;

class TestStepTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void derivesAllTimesFromThatOfAnUpdate() {
        TrainingConfig training;
        training.gradientAccumulationSteps = 4;
        training.stepsPerEpoch = 100;
        training.numEpochs = 3;
        const StepTime time = stepTime({2, 4, 8}, TimeSource::Measured, training);
        QCOMPARE(time.source, TimeSource::Measured);
        QVERIFY(time.step == (TimeRange{0.5, 1, 2}));
        QVERIFY(time.update == (TimeRange{2, 4, 8}));
        QVERIFY(time.epoch == (TimeRange{50, 100, 200}));
        QVERIFY(time.run == (TimeRange{150, 300, 600}));
    }

    /// An update never covers more than an epoch.
    void shortEpochsHaveSmallerUpdates() {
        TrainingConfig training;
        training.gradientAccumulationSteps = 8;
        training.stepsPerEpoch = 2;
        const StepTime time = stepTime({2, 4, 8}, TimeSource::Published, training);
        QVERIFY(time.step == (TimeRange{1, 2, 4}));
        QVERIFY(time.epoch == time.update);
    }

    void scalesToTheUnitOfTheLowerEnd_data() {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<int>("unit");
        QTest::addColumn<QString>("lowText");
        QTest::addColumn<QString>("highText");
        const auto add = [](const char* name, double low, double high, ScaledTime::Unit unit,
                            const char* lowText, const char* highText) {
            QTest::newRow(name) << low << high << static_cast<int>(unit) << lowText << highText;
        };
        using Unit = ScaledTime::Unit;
        add("small", 0.0002, 0.0011, Unit::Milliseconds, "0.2", "1.1");
        add("ms", 0.0123, 0.456, Unit::Milliseconds, "12", "456");
        add("s", 1, 3.4567, Unit::Seconds, "1", "3.5");
        add("still s", 59.9, 200, Unit::Seconds, "60", "200");
        add("min", 840, 1500, Unit::Minutes, "14", "25");
        add("h", 30960, 100800, Unit::Hours, "8.6", "28");
        add("d", 86400, 864000, Unit::Days, "1", "10");
        add("equal", 3600, 3610, Unit::Hours, "1", "1");
        add("rounded up", 9.96, 99.6, Unit::Seconds, "10", "100");
    }
    void scalesToTheUnitOfTheLowerEnd() {
        QFETCH(const double, low);
        QFETCH(const double, high);
        const ScaledTime scaled = scaledTime(low, high);
        QTEST(static_cast<int>(scaled.unit), "unit");
        QTEST(QString::fromStdString(scaled.low), "lowText");
        QTEST(QString::fromStdString(scaled.high), "highText");
    }
};

HEADROOM_TEST_MAIN(TestStepTime)
#include "tst_step_time.moc"
