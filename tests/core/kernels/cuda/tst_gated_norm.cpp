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

/// Gate and norm by CUDA kernels, emulated, against LibTorch in float64.
class TestGatedNorm : public QObject {
    Q_OBJECT

    static void check(std::int64_t rows, std::int64_t length, std::int64_t width, at::ScalarType type,
                      Order order) {
        const EmulatedKernels kernels(order);
        const at::Tensor projected = asColumns(randomTokens({rows, length, width + 24}, type));
        const at::Tensor y = inLongerRows(randomTokens({rows, length, width}, type));
        const at::Tensor gradR = randomTokens(y.sizes(), type);
        const at::Tensor gradProjected = asColumns(unwrittenTokens(projected.sizes(), type));

        const at::Tensor input = leaf(y);
        const at::Tensor z = leaf(projected.slice(2, 0, width));
        const at::Tensor gated = input * at::silu(z);
        const at::Tensor expected = gated * (gated.square().mean(-1, true) + gatedNormEps).rsqrt();
        expected.backward(gradR.to(at::kDouble));

        QVERIFY(isExact(gatedNormForward(y, projected), expected, type));
        const at::Tensor r = unwrittenTokens(y.sizes(), type);
        const at::Tensor gradY = inLongerRows(unwrittenTokens(y.sizes(), type));
        gatedNormBackward(y, projected, gradR, r, gradY, gradProjected);
        QVERIFY(isExact(r, expected, type));
        QVERIFY(isExact(gradY, input.grad(), type));
        QVERIFY(isExact(gradProjected.slice(2, 0, width), z.grad(), type));
        QVERIFY(isUnwritten(gradProjected.slice(2, width)));

        checkInPlace(y, projected, gradR, r, gradY);
    }

    /// Results may overwrite the tensors that they are computed from.
    static void checkInPlace(const at::Tensor& y, const at::Tensor& projected, const at::Tensor& gradR,
                             const at::Tensor& r, const at::Tensor& gradY) {
        const at::Tensor columns = asColumns(projected);
        {
            const at::Tensor own = y.contiguous().clone();
            const at::Tensor gradient = gradR.clone();
            gatedNormBackward(own, columns, gradient, own, gradient, asColumns(projected));
            QVERIFY(at::equal(own, r));
            QVERIFY(at::equal(gradient, gradY));
        }
        const at::Tensor own = inLongerRows(y);
        const at::Tensor gradient = gradR.clone();
        gatedNormBackward(own, columns, gradient, gradient, own, asColumns(projected));
        QVERIFY(at::equal(own, gradY));
        QVERIFY(at::equal(gradient, r));
        const at::Tensor other = inLongerRows(y);
        gatedNormBackward(other, columns, gradR, {}, other, asColumns(projected));
        QVERIFY(at::equal(other, gradY));
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
        for (const at::ScalarType type : allTypes)
            for (const Order order : allOrders)
                check(rows, length, width, type, order);
    }

    void agreesAtRandomSizes() {
        std::mt19937_64 random(chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 10; ++i)
            check(draw(1, 4), draw(1, 20), 8 * draw(1, 130), allTypes[i % 2], static_cast<Order>(draw(0, 2)));
    }

    /// Eps keeps a silent token finite.
    void keepsZeros() {
        const EmulatedKernels kernels(Order::Forward);
        for (const at::ScalarType type : allTypes) {
            const at::Tensor y = at::zeros({1, 2, 64}, type);
            const at::Tensor projected = randomTokens({1, 2, 64}, type);
            const at::Tensor gradY = randomTokens(y.sizes(), type);
            const at::Tensor gradProjected = unwrittenTokens(projected.sizes(), type);
            QVERIFY(gatedNormForward(y, projected).eq(0).all().item<bool>());
            gatedNormBackward(y, projected, gradY, y, gradY, gradProjected);
            QVERIFY(y.eq(0).all().item<bool>());
            QVERIFY(gradProjected.eq(0).all().item<bool>());
            QVERIFY(gradY.isfinite().all().item<bool>());
        }
    }

    void refusesWhatItsKernelsCannotRead() {
        const auto refuses = [](const at::Tensor& y, const at::Tensor& projected) {
            QVERIFY_THROWS_EXCEPTION(c10::Error, gatedNormForward(y, projected));
            QVERIFY_THROWS_EXCEPTION(c10::Error, gatedNormBackward(y, projected, y, y, y, projected));
        };
        const at::Tensor wide = randomTokens({1, 1, 8200});
        refuses(wide, wide);
        const at::Tensor odd = randomTokens({1, 2, 12}, at::kFloat);
        refuses(odd, odd);
        const at::Tensor y = randomTokens({1, 2, 16});
        refuses(y, randomTokens({1, 3, 16}));
        refuses(y, randomTokens({1, 2, 8}));
        refuses(y, y.to(at::kFloat));
        const at::Tensor columns = asColumns(y); // not the rows of y
        QVERIFY_THROWS_EXCEPTION(c10::Error, gatedNormBackward(y, y, y, y, columns, y));
    }
};

HEADROOM_TEST_MAIN(TestGatedNorm)
#include "tst_gated_norm.moc"
