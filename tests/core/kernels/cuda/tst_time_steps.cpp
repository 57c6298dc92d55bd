// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/time_steps.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;
using Order = EmulatedBlock::Order;

/// Time steps by CUDA kernels, emulated, against LibTorch's softplus in float64.
class TestTimeSteps : public QObject {
    Q_OBJECT

    static void check(std::int64_t rows, std::int64_t length, std::int64_t heads, at::ScalarType type,
                      Order order) {
        const EmulatedKernels kernels(order);
        constexpr std::int64_t firstColumn = 24;
        const std::int64_t end = firstColumn + heads;
        const std::int64_t width = (end + 7) / 8 * 8;
        // Up to where softplus(x) is x, and down to where it is nearly exp(x).
        const at::Tensor projected = asColumns((at::randn({rows, length, width}) * 15).to(type));
        const at::Tensor bias = at::randn({heads});
        const at::Tensor gradSteps = inLongerRows(at::randn({rows, length, heads}));
        const at::Tensor gradProjected = asColumns(unwrittenTokens(projected.sizes(), type));

        const at::Tensor raw = leaf(projected.slice(2, firstColumn, end));
        const at::Tensor b = leaf(bias);
        const at::Tensor sum = raw + b;
        const at::Tensor expected = sum.clamp_min(0) + at::log1p(at::exp(-sum.abs()));
        expected.backward(gradSteps.to(at::kDouble));

        const at::Tensor steps = inLongerRows(unwrittenTokens(gradSteps.sizes(), at::kFloat));
        timeStepsForward(projected, firstColumn, bias, steps);
        QVERIFY(isSummedInFloat(steps, expected));
        // Small steps too have all their digits.
        QVERIFY((steps / expected - 1).abs().max().item<double>() < 1e-4);
        QVERIFY(isSummedInFloat(timeStepsBackward(projected, firstColumn, bias, gradSteps, gradProjected),
                                b.grad()));
        QVERIFY(isExact(gradProjected.slice(2, firstColumn, end), raw.grad(), type));
        QVERIFY(gradProjected.slice(2, end).eq(0).all().item<bool>());
        QVERIFY(isUnwritten(gradProjected.slice(2, 0, firstColumn)));
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void agreesWithLibTorch_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("heads");
        QTest::newRow("one head") << 2 << 3 << 1;
        QTest::newRow("one step") << 1 << 1 << 3;
        QTest::newRow("full columns") << 3 << 62 << 16;
        QTest::newRow("two groups of columns") << 2 << 65 << 21;
    }
    void agreesWithLibTorch() {
        QFETCH(const int, rows);
        QFETCH(const int, length);
        QFETCH(const int, heads);
        for (const at::ScalarType type : allTypes)
            for (const Order order : allOrders)
                check(rows, length, heads, type, order);
    }

    void agreesAtRandomSizes() {
        std::mt19937_64 random(chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 8; ++i)
            check(draw(1, 4), draw(1, 100), draw(1, 40), allTypes[i % 2], static_cast<Order>(draw(0, 2)));
    }

    /// More than 512 blocks of 64 tokens: blocks have more tokens then.
    void sumsManyTokens() {
        for (const at::ScalarType type : allTypes)
            check(60, 600, 2, type, Order::Shuffled);
    }
};

HEADROOM_TEST_MAIN(TestTimeSteps)
#include "tst_time_steps.moc"
