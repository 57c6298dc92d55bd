// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/step_rate.h"
#include "tests/support/strict_main.h"

#include <cmath>

using headroom::StepRate;

class TestStepRate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isZeroBeforeFirstStep() {
        const StepRate rate;
        QCOMPARE(rate.examplesPerSecond(), 0.0);
        QCOMPARE(rate.etaSeconds(100), 0.0);
    }

    void isExactForSteadyRate() {
        StepRate rate;
        rate.add(4, 0.5);
        QCOMPARE(rate.examplesPerSecond(), 8.0);
        QCOMPARE(rate.etaSeconds(10), 5.0);
    }

    void forgetsSlowStart() {
        StepRate rate;
        rate.add(4, 100);
        for (int i = 0; i < 300; ++i)
            rate.add(4, 1);
        QVERIFY(std::abs(rate.etaSeconds(10) - 10) < 0.1);
    }
};

HEADROOM_TEST_MAIN(TestStepRate)
#include "tst_step_rate.moc"
