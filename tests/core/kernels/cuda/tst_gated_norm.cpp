// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/gated_norm_token.h"
#include "core/kernels/cuda/gated_norm.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;
using Order = EmulatedBlock::Order;

/// The gradient of gate and norm by a CUDA kernel, emulated, against LibTorch in float64.
class TestGatedNorm : public QObject {
    Q_OBJECT

    static void check(std::int64_t rows, std::int64_t length, std::int64_t width, Order order) {
        const EmulatedKernels kernels(order);
        const at::Tensor projected = randomTokens({rows, length, width + 24});
        const at::Tensor y = randomTokens({rows, length, width});
        const at::Tensor gradR = randomTokens(y.sizes());
        const at::Tensor gradProjected = unwrittenTokens(projected.sizes());

        const at::Tensor input = leaf(y);
        const at::Tensor z = leaf(projected.slice(2, 0, width));
        const at::Tensor gated = input * at::silu(z);
        const at::Tensor expected = gated * (gated.square().mean(-1, true) + gatedNormEps).rsqrt();
        expected.backward(gradR.to(at::kDouble));

        const at::Tensor gradY = gradR.clone();
        QVERIFY(isRoundedOnce(gatedNormBackward(y.clone(), projected, gradY, gradProjected), expected));
        QVERIFY(isRoundedOnce(gradY, input.grad()));
        QVERIFY(isRoundedOnce(gradProjected.slice(2, 0, width), z.grad()));
        QVERIFY(isUnwritten(gradProjected.slice(2, width)));
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void agreesWithLibTorch_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("width");
        QTest::newRow("eight numbers") << 1 << 1 << 8;
        QTest::newRow("four rows a block") << 3 << 3 << 256;
        QTest::newRow("two rows a block") << 1 << 5 << 264;
        QTest::newRow("one row a block") << 2 << 2 << 1024;
        QTest::newRow("ragged") << 1 << 3 << 776;
        QTest::newRow("all threads") << 1 << 2 << 8192;
    }
    void agreesWithLibTorch() {
        QFETCH(const int, rows);
        QFETCH(const int, length);
        QFETCH(const int, width);
        for (const Order order : allOrders)
            check(rows, length, width, order);
    }

    void agreesAtRandomSizes() {
        std::mt19937_64 random(chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 10; ++i)
            check(draw(1, 4), draw(1, 20), 8 * draw(1, 130), static_cast<Order>(draw(0, 2)));
    }

    /// Eps keeps a silent token finite.
    void keepsZeros() {
        const EmulatedKernels kernels(Order::Forward);
        const at::Tensor y = at::zeros({1, 2, 64}, at::kBFloat16);
        const at::Tensor projected = randomTokens({1, 2, 64});
        const at::Tensor gradY = randomTokens(y.sizes());
        const at::Tensor gradProjected = unwrittenTokens(projected.sizes());
        QVERIFY(gatedNormBackward(y, projected, gradY, gradProjected).eq(0).all().item<bool>());
        QVERIFY(gradProjected.eq(0).all().item<bool>());
        QVERIFY(gradY.isfinite().all().item<bool>());
    }

    void refusesWideRows() {
        const at::Tensor y = randomTokens({1, 1, 8200});
        QVERIFY_THROWS_EXCEPTION(c10::Error, gatedNormBackward(y, y, y, y));
    }
};

HEADROOM_TEST_MAIN(TestGatedNorm)
#include "tst_gated_norm.moc"
