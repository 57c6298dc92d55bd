// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/kernels/cuda/emulated_scan.h"
#include "tests/core/kernels/cuda/emulated_token_kernels.h"
#include "tests/core/kernels/cuda/scan_reference.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <random>

using namespace headroom;
using Order = test::EmulatedBlock::Order;

/// The scan's backward pass, emulated, against autograd through its definition in float64.
class TestScanBackward : public QObject {
    Q_OBJECT

    /// One rounding to bfloat16 is an error of up to 2^-8.
    static constexpr double oneRounding = 1.0 / 256;

    static CudaScanGradients gradients(const ScanReference& inputs, Order order) {
        test::EmulatedLauncher launcher(order);
        test::addScan(launcher);
        test::addTokenKernels(launcher);
        const KernelLauncherGuard guard(launcher);
        const at::Tensor states = scanForward(inputs.inputs, inputs.shape, {.states = true}).states;
        return scanBackward(inputs.inputs, states, inputs.gradY, inputs.shape);
    }

    static void check(std::int64_t rows, std::int64_t length, const CudaScanShape& shape, Order order,
                      std::int64_t taps = 4) {
        const ScanReference expected(rows, length, shape, true, taps);
        const CudaScanGradients found = gradients(expected, order);
        const auto error = [&](std::int64_t first, std::int64_t end) {
            return relativeError(found.xbc.slice(2, first, end), expected.gradXbc.slice(2, first, end));
        };
        const std::int64_t b = shape.inner();
        const std::int64_t c = b + shape.state;
        QVERIFY(error(0, b) < oneRounding);
        QVERIFY(error(b, c) < oneRounding);
        QVERIFY(error(c, shape.convDim()) < oneRounding);
        // Not rounded. With several chunks, states and their gradients are.
        const double tolerance = length > CudaScanShape::chunkLength ? oneRounding : 1e-5;
        QVERIFY(relativeError(found.dt, expected.gradDt) < tolerance);
        QVERIFY(relativeErrorOfSum(found.parameters.slice(0, 0, shape.heads), expected.gradALog,
                                   expected.gradLogs) < tolerance);
        QVERIFY(relativeError(found.parameters.slice(0, shape.heads), expected.gradD) < 1e-5);
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void isTheGradientOfTheRecurrence_data() {
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("headdim");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("heads");
        QTest::newRow("one position") << 1 << 64 << 128 << 2;
        QTest::newRow("bands") << 62 << 64 << 128 << 2;
        QTest::newRow("63") << 63 << 32 << 64 << 3;
        QTest::newRow("one chunk") << 64 << 64 << 16 << 2;
        QTest::newRow("one position more") << 65 << 32 << 128 << 2;
        QTest::newRow("three chunks") << 130 << 32 << 16 << 3;
        QTest::newRow("three chunks of the largest state") << 130 << 64 << 128 << 1;
    }
    void isTheGradientOfTheRecurrence() {
        QFETCH(const int, length);
        QFETCH(const int, headdim);
        QFETCH(const int, state);
        QFETCH(const int, heads);
        for (const auto& [backward, order] :
             {std::pair(false, Order::Shuffled), std::pair(true, Order::Forward),
              std::pair(length % 2 == 0, Order::Backward)})
            check(1, length, {heads, headdim, state, backward}, order);
    }

    void isTheGradientAtRandomSizes() {
        std::mt19937_64 random(test::chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 6; ++i)
            check(draw(1, 2), draw(2, 140), {draw(1, 4), 32 << draw(0, 1), 16 << draw(0, 2), draw(0, 1) == 1},
                  static_cast<Order>(draw(0, 2)), draw(1, 4));
    }

    void givesTheSameBitsInEveryOrder() {
        const ScanReference inputs(2, 100, {3, 32, 16, false}, false);
        const CudaScanGradients first = gradients(inputs, Order::Forward);
        const CudaScanGradients second = gradients(inputs, Order::Shuffled);
        QVERIFY(at::equal(first.xbc, second.xbc));
        QVERIFY(at::equal(first.dt, second.dt));
        QVERIFY(at::equal(first.parameters, second.parameters));
    }
};

HEADROOM_TEST_MAIN(TestScanBackward)
#include "tst_scan_backward.moc"
