// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/forecast/calibration.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>

#include <algorithm>

using namespace headroom;

class TestCalibration : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void stopsWhenBudgetIsSpent() {
        double now = 0;
        const auto clock = [&] { return now++; }; // one second per call, six calls per model
        std::vector<double> shares;
        const auto timed =
            calibrate(cpuCard(), at::kCPU, 45, clock, [&](double share) { shares.push_back(share); });
        QCOMPARE(timed.size(), 8U);
        QCOMPARE(shares.size(), 8U);
        QCOMPARE(shares.back(), 1.0);
        QVERIFY(std::is_sorted(shares.begin(), shares.end()));
        for (const TimedCost& each : timed) {
            QCOMPARE(each.seconds, 1.0);
            QVERIFY(each.cost.flops + each.cost.bf16Flops > 0);
            QVERIFY(each.cost.bytes > 0);
            QVERIFY(each.cost.calls > 0);
        }
        QVERIFY(timed[0].cost.bf16Flops == 0);
        QVERIFY(timed[1].cost.bf16Flops > 0);
    }

    void takesMinimumSamplesWithSmallBudget() {
        double now = 0;
        const auto timed = calibrate(cpuCard(), at::kCPU, 1, [&] { return now++; });
        QCOMPARE(timed.size(), MachineSpeed::minimumSamples);
        QVERIFY(MachineSpeed(timed).isKnown());
    }

    void stopsAtModelsThatDoNotFit() {
        Card card = cpuCard();
        card.capacity = 1 << 20;
        QVERIFY(calibrate(card, at::kCPU, 20, [] { return 0.0; }).empty());
    }
};

HEADROOM_TEST_MAIN(TestCalibration)
#include "tst_calibration.moc"
