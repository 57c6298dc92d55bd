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

    void timesUntilTheBudgetIsSpent() {
        double now = 0;
        const auto clock = [&] { return now++; }; // a second each time that somebody looks: six for a setting
        std::vector<double> shares;
        const auto timed =
            calibrate(cpuCard(), at::kCPU, 45, clock, [&](double share) { shares.push_back(share); });
        QCOMPARE(timed.size(), 8U);
        QCOMPARE(shares.size(), 8U);
        QCOMPARE(shares.back(), 1.0);
        QVERIFY(std::is_sorted(shares.begin(), shares.end()));
        for (const TimedCost& each : timed) {
            QCOMPARE(each.seconds, 1.0);
            QVERIFY(each.work.flops + each.work.bf16Flops > 0);
            QVERIFY(each.work.bytes > 0);
            QVERIFY(each.work.calls > 0);
        }
        QVERIFY(timed[0].work.bf16Flops == 0);
        QVERIFY(timed[1].work.bf16Flops > 0);
    }

    void seesEnoughWhereverTheBudgetEnds() {
        double now = 0;
        const auto timed = calibrate(cpuCard(), at::kCPU, 1, [&] { return now++; });
        QCOMPARE(timed.size(), MachineSpeed::fewest);
        QVERIFY(MachineSpeed(timed).isKnown());
    }

    void aCardThatIsTooSmallIsNotFilled() {
        Card card = cpuCard();
        card.capacity = 1 << 20;
        QVERIFY(calibrate(card, at::kCPU, 20, [] { return 0.0; }).empty());
    }
};

HEADROOM_TEST_MAIN(TestCalibration)
#include "tst_calibration.moc"
