// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/kernel_cost.h"
#include "tests/core/kernels/cuda/emulated_scan.h"
#include "tests/core/kernels/cuda/emulated_token_kernels.h"
#include "tests/core/kernels/cuda/scan_reference.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <random>

using namespace headroom;
using Order = test::EmulatedBlock::Order;

namespace {

struct CostSum : KernelCostObserver {
    Cost cost;
    void addKernelCost(const Cost& part) override { cost += part; }
};

} // namespace

/// The scan's forward pass, emulated, against its definition in float64.
class TestScanForward : public QObject {
    Q_OBJECT

    /// One rounding to bfloat16 is an error of up to 2^-8.
    static constexpr double oneRounding = 1.0 / 256;

    static constexpr CudaScanWanted everything{.y = true, .gated = true, .states = true};

    static CudaScanOutput run(const ScanReference& reference, const CudaScanWanted& wanted) {
        return scanForward(reference.inputs, reference.shape, wanted);
    }

    static void check(std::int64_t rows, std::int64_t length, const CudaScanShape& shape, Order order,
                      std::int64_t taps = 4) {
        const ScanReference expected(rows, length, shape, false, taps);
        test::EmulatedLauncher launcher(order);
        test::addScan(launcher);
        const KernelLauncherGuard guard(launcher);
        const CudaScanOutput found = run(expected, everything);
        QCOMPARE(found.states.defined(), expected.states.defined());
        QVERIFY(relativeError(found.y, expected.y) < oneRounding);
        QVERIFY(relativeError(found.gated, expected.gated) < oneRounding);
        // A square has twice the error.
        QVERIFY(relativeError(found.squares.sum(-1), expected.gated.square().sum(-1)) < 2 * oneRounding);
        if (found.states.defined())
            QVERIFY(relativeError(found.states, expected.states) < oneRounding);
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void followsTheRecurrence_data() {
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("headdim");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("heads");
        // Ends of chunks, and heads that do not fill a block.
        QTest::newRow("one position") << 1 << 64 << 128 << 1;
        QTest::newRow("bands") << 62 << 64 << 128 << 3;
        QTest::newRow("63") << 63 << 32 << 64 << 4;
        QTest::newRow("one chunk") << 64 << 64 << 16 << 2;
        QTest::newRow("one position more") << 65 << 32 << 128 << 3;
        QTest::newRow("130") << 130 << 64 << 64 << 2;
        QTest::newRow("four chunks") << 201 << 32 << 32 << 3;
        QTest::newRow("large state over three chunks") << 150 << 64 << 128 << 1;
    }
    void followsTheRecurrence() {
        QFETCH(const int, length);
        QFETCH(const int, headdim);
        QFETCH(const int, state);
        QFETCH(const int, heads);
        for (const auto& [backward, order] :
             {std::pair(false, Order::Forward), std::pair(true, Order::Shuffled),
              std::pair(length % 2 == 0, Order::Backward)})
            check(1, length, {heads, headdim, state, backward}, order);
    }

    void followsTheRecurrenceAtRandomSizes() {
        std::mt19937_64 random(test::chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 5; ++i)
            check(draw(1, 2), draw(1, 140), {draw(1, 5), 32 << draw(0, 1), 16 << draw(0, 2), draw(0, 1) == 1},
                  static_cast<Order>(draw(0, 2)), draw(1, 4));
    }

    /// Results that are not wanted change no other.
    void writesWhatIsWanted() {
        const ScanReference inputs(2, 70, {3, 32, 16, true}, false);
        test::EmulatedLauncher launcher(Order::Shuffled);
        test::addScan(launcher);
        const KernelLauncherGuard guard(launcher);
        const CudaScanOutput all = run(inputs, everything);
        const CudaScanOutput gated = run(inputs, {.y = false, .gated = true});
        const CudaScanOutput states = run(inputs, {.states = true});
        QVERIFY(at::equal(gated.gated, all.gated));
        QVERIFY(at::equal(gated.squares, all.squares));
        QVERIFY(!gated.y.defined() && !gated.states.defined());
        QVERIFY(at::equal(states.y, all.y));
        QVERIFY(at::equal(states.states, all.states));
        QVERIFY(!states.gated.defined() && !states.squares.defined());
    }

    /// Where there are many rows of one chunk, a block has several groups of heads.
    void givesTheSameBitsHoweverHeadsShareBlocks() {
        const CudaScanShape shape{9, 64, 32, true};
        const ScanReference inputs(1, 50, shape, false);
        test::EmulatedLauncher launcher(Order::Shuffled);
        test::addScan(launcher);
        const KernelLauncherGuard guard(launcher);
        const CudaScanOutput expected = run(inputs, {.y = true, .gated = true});
        const at::Tensor y = at::full_like(expected.y, 7);
        const at::Tensor gated = at::full_like(y, 7);
        const at::Tensor squares = at::full_like(expected.squares, 7);
        std::uint16_t* const states = nullptr;
        const CudaScanInputs& of = inputs.inputs;
        launch(y.device(),
               {"scan_forward", "scanForward", {{"HEADDIM", shape.headdim}, {"STATE", shape.state}}}, {2},
               256, 99 << 10, tokenData(of.projected, shape.inner()), of.projected.size(2),
               floatData(of.convWeight), floatData(of.convBias), 4, tokenData(of.bc), floatData(of.dt),
               floatData(of.aLog), floatData(of.d), tokenData(y), tokenData(of.projected), tokenData(gated),
               floatData(squares), states, 50, 9, /*groupsPerBlock=*/3, 1);
        QVERIFY(at::equal(y, expected.y));
        QVERIFY(at::equal(gated, expected.gated));
        QVERIFY(at::equal(squares, expected.squares));
    }

    /// The forecast runs the same code on Meta tensors.
    void reportsTheSameCostOnMeta() {
        const CudaScanShape shape{3, 32, 16, false};
        const ScanReference inputs(2, 70, shape, false);
        test::EmulatedLauncher launcher;
        test::addScan(launcher);
        test::addTokenKernels(launcher);
        const KernelLauncherGuard guard(launcher);
        CostSum real;
        CostSum simulated;
        std::vector<at::Tensor> results[2];
        for (const bool meta : {false, true}) {
            const KernelCostGuard costs(meta ? simulated : real);
            const CudaScanInputs of = inputs.inputsOn(meta);
            const CudaScanOutput out = scanForward(of, shape, everything);
            const CudaScanGradients gradients =
                scanBackward(of, out.states, meta ? inputs.gradY.to(at::kMeta) : inputs.gradY,
                             at::empty_like(of.projected), shape);
            results[meta] = {
                out.y,          out.gated,   out.squares,          out.states,        gradients.dt,
                gradients.aLog, gradients.d, gradients.convWeight, gradients.convBias};
        }
        for (std::size_t i = 0; i < results[0].size(); ++i)
            QVERIFY(results[0][i].sizes() == results[1][i].sizes());
        QVERIFY(real.cost == simulated.cost);
        const double tokens = 2 * 70 * (3 * 32 + 2 * 16) * 2;
        QVERIFY(real.cost.bytes > 3 * tokens);
        QVERIFY(real.cost.bytes < 12 * tokens);
    }

    void refusesSizesThatNoKernelHas() {
        QVERIFY(hasCudaScan(64, 128));
        QVERIFY(!hasCudaScan(128, 128));
        QVERIFY(!hasCudaScan(64, 48));
        const ScanReference inputs(1, 4, {2, 32, 16, false}, false);
        QVERIFY_THROWS_EXCEPTION(c10::Error, scanForward(inputs.inputs, {4, 16, 16, false}, everything));
        QVERIFY_THROWS_EXCEPTION(c10::Error, scanForward(inputs.inputs, {2, 32, 32, false}, everything));
    }
};

HEADROOM_TEST_MAIN(TestScanForward)
#include "tst_scan_forward.moc"
