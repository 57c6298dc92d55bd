// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/machine_speed.h"
#include "tests/support/strict_main.h"

#include <cmath>
#include <random>

using namespace headroom;

namespace {

/// Random costs timed on a machine of known speed, with a relative error of at most `noise`.
std::vector<TimedCost> timedSteps(std::size_t count, double noise) {
    std::mt19937 generator(1);
    std::uniform_real_distribution<double> share(0.05, 1);
    std::uniform_real_distribution<double> error(1 - noise, 1 + noise);
    std::vector<TimedCost> timed;
    for (std::size_t i = 0; i < count; ++i) {
        const double size = std::pow(10, 3 * share(generator));
        const Cost cost{.flops = 1e9 * size * share(generator),
                        .bf16Flops = i % 2 == 0 ? 0 : 1e9 * size * share(generator),
                        .scanElements = i % 2 == 0 ? 1e8 * size * share(generator) : 0,
                        .bf16ScanElements = i % 2 == 0 ? 0 : 1e8 * size * share(generator),
                        .bytes = 1e8 * size * share(generator),
                        .calls = 1000 * share(generator)};
        const double seconds = cost.flops / 5e10 + cost.bf16Flops / 1e11 + cost.scanElements / 1e9 +
                               cost.bf16ScanElements / 7e8 + cost.bytes / 3e9 + cost.calls * 5e-6;
        timed.push_back({cost, seconds * error(generator)});
    }
    return timed;
}

} // namespace

class TestMachineSpeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void predictsUnseenCost() {
        auto timed = timedSteps(24, 0);
        const TimedCost unseen = timed.back();
        timed.pop_back();
        const MachineSpeed speed(timed);
        QVERIFY(speed.isKnown());
        const double error = speed.seconds(unseen.cost) / unseen.seconds - 1;
        QVERIFY2(std::abs(error) < 0.02, std::to_string(error).c_str());
    }

    void spreadReflectsNoise() {
        QVERIFY(MachineSpeed(timedSteps(24, 0)).spread() < 0.06);
        const double spread = MachineSpeed(timedSteps(24, 0.3)).spread();
        QVERIFY2(spread > 0.15 && spread < 0.6, std::to_string(spread).c_str());
    }

    void secondsAreNeverNegative() {
        // Without the constraint, bytes would get a negative rate: the step with fewer bytes takes longer.
        std::vector<TimedCost> timed(MachineSpeed::minimumSamples, {{.flops = 1e9, .bytes = 1e9}, 1});
        timed.push_back({{.flops = 1e9, .bytes = 0}, 2});
        const MachineSpeed speed(timed);
        QVERIFY(speed.seconds({.bytes = 1e9}) >= 0);
        QVERIFY(speed.seconds({.flops = 1e9}) > 0);
    }

    void largerWeightsDominate() {
        std::vector<TimedCost> timed(MachineSpeed::minimumSamples, {{.flops = 1e9}, 1});
        timed.push_back({{.flops = 1e9}, 2, 1000});
        QVERIFY(MachineSpeed(timed).seconds({.flops = 1e9}) > 1.9);
    }

    void tooFewSamplesLeaveSpeedUnknown() {
        QVERIFY(!MachineSpeed(timedSteps(MachineSpeed::minimumSamples - 1, 0)).isKnown());
    }
};

HEADROOM_TEST_MAIN(TestMachineSpeed)
#include "tst_machine_speed.moc"
