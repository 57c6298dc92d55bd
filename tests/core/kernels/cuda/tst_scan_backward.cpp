// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/kernels/cuda/emulated_scan.h"
#include "tests/core/kernels/cuda/emulated_token_kernels.h"
#include "tests/core/kernels/cuda/scan_reference.h"
#include "tests/core/kernels/cuda/token_checks.h"
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

    struct Found {
        at::Tensor tokens; ///< of x, B and C
        CudaScanGradients gradients;
    };
    static Found gradients(const ScanReference& reference, Order order) {
        test::EmulatedLauncher launcher(order);
        test::addScan(launcher);
        test::addTokenKernels(launcher);
        const KernelLauncherGuard guard(launcher);
        const CudaScanInputs& inputs = reference.inputs;
        const CudaScanShape& shape = reference.shape;
        const at::Tensor states = scanForward(inputs, shape, {.states = true}).states;
        const at::Tensor gradProjected = test::unwrittenTokens(inputs.projected.sizes());
        CudaScanGradients found = scanBackward(inputs, states, reference.gradY, gradProjected, shape);
        const std::int64_t end = shape.inner() + shape.convDim();
        if (!test::isUnwritten(gradProjected.slice(2, 0, shape.inner())) ||
            !test::isUnwritten(gradProjected.slice(2, end)))
            throw std::logic_error("the scan writes columns of others");
        return {gradProjected.slice(2, shape.inner(), end), std::move(found)};
    }

    static void check(std::int64_t rows, std::int64_t length, const CudaScanShape& shape, Order order,
                      std::int64_t taps = 4) {
        const ScanReference expected(rows, length, shape, true, taps);
        const auto [tokens, found] = gradients(expected, order);
        const auto error = [&, &written = tokens](std::int64_t first, std::int64_t end) {
            return relativeError(written.slice(2, first, end), expected.gradTokens.slice(2, first, end));
        };
        const std::int64_t b = shape.inner();
        const std::int64_t c = b + shape.state;
        QVERIFY(error(0, b) < oneRounding);
        QVERIFY(error(b, c) < oneRounding);
        QVERIFY(error(c, shape.convDim()) < oneRounding);
        // Not rounded, but a few numbers of x that lie halfway between two of bfloat16 may be rounded
        // otherwise. With several chunks, states and their gradients are rounded.
        constexpr double fewRoundings = 1e-4;
        const double tolerance = length > CudaScanShape::chunkLength ? oneRounding : fewRoundings;
        QVERIFY(relativeError(found.dt, expected.gradDt) < tolerance);
        QVERIFY(relativeErrorOfSum(found.aLog, expected.gradALog, expected.gradLogs) < tolerance);
        QVERIFY(relativeError(found.d, expected.gradD) < fewRoundings);
        QVERIFY(relativeError(found.convWeight, expected.gradConvWeight) < oneRounding);
        QVERIFY(relativeError(found.convBias, expected.gradConvBias) < oneRounding);
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
        const Found first = gradients(inputs, Order::Forward);
        const Found second = gradients(inputs, Order::Shuffled);
        QVERIFY(at::equal(first.tokens, second.tokens));
        QVERIFY(at::equal(first.gradients.dt, second.gradients.dt));
        QVERIFY(at::equal(first.gradients.aLog, second.gradients.aLog));
        QVERIFY(at::equal(first.gradients.d, second.gradients.d));
        QVERIFY(at::equal(first.gradients.convWeight, second.gradients.convWeight));
        QVERIFY(at::equal(first.gradients.convBias, second.gradients.convBias));
    }
};

HEADROOM_TEST_MAIN(TestScanBackward)
#include "tst_scan_backward.moc"
