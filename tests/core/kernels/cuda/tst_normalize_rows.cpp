// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/normalize_rows.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

#include <cmath>

using namespace headroom;
using namespace headroom::test;
using Order = EmulatedBlock::Order;

/// Norms of rows by CUDA kernels, emulated, against LibTorch in float64.
class TestNormalizeRows : public QObject {
    Q_OBJECT

    static constexpr double eps = 1e-5;
    static constexpr double leastSquares = 1e-24; ///< of a norm of 1e-12

    /// @param unit by the 2-norm, else by the root mean square
    static at::Tensor expectedOf(const at::Tensor& x, bool unit) {
        if (!unit)
            return x * (x.square().mean(-1, true) + eps).rsqrt();
        return x / x.norm(2, -1, true).clamp_min(1e-12) * std::sqrt(static_cast<double>(x.size(-1)));
    }

    static NormalizedRows normalized(const at::Tensor& x, bool unit) {
        return unit ? normalizeRows(x, 0, leastSquares) : normalizeRows(x, eps, 0);
    }

    static void check(std::int64_t rows, std::int64_t width, bool unit, at::ScalarType type, Order order) {
        const EmulatedKernels kernels(order);
        const at::Tensor x = at::randn({rows, width}).to(type);
        const at::Tensor input = leaf(x);
        const at::Tensor expected = expectedOf(input, unit);
        const NormalizedRows found = normalized(x, unit);
        QVERIFY(isExact(found.rows, expected, type));
        QVERIFY(isSummedInFloat(found.scales, expected.slice(1, 0, 1) / input.slice(1, 0, 1)));

        // The gradient is that by rows as they were rounded.
        const at::Tensor gradRows = at::randn(x.sizes()).to(type);
        const at::Tensor r = found.rows.to(at::kDouble);
        const at::Tensor g = gradRows.to(at::kDouble);
        const at::Tensor gradient = found.scales.to(at::kDouble) * (g - r * (g * r).mean(-1, true));
        const at::Tensor gradX = normalizeRowsBackward(found, gradRows);
        QVERIFY(isExact(gradX, gradient, type));
        // Autograd's gradient is near it.
        expected.backward(g);
        const double error = (gradX - input.grad()).norm().item<double>();
        QVERIFY(error < 0.01 * input.grad().norm().item<double>() + 1e-2);
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void agreesWithLibTorch_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("width");
        QTest::newRow("eight numbers") << 1 << 8;
        QTest::newRow("four rows a block") << 9 << 256;
        QTest::newRow("ragged") << 5 << 264;
        QTest::newRow("one row a block") << 3 << 1024;
        QTest::newRow("all threads") << 2 << 8192;
    }
    void agreesWithLibTorch() {
        QFETCH(const int, rows);
        QFETCH(const int, width);
        for (const bool unit : {false, true})
            for (const at::ScalarType type : {at::kBFloat16, at::kFloat})
                for (const Order order : allOrders)
                    check(rows, width, unit, type, order);
    }

    void agreesAtRandomSizes() {
        std::mt19937_64 random(chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 10; ++i)
            check(draw(1, 40), 8 * draw(1, 130), draw(0, 1) == 1,
                  draw(0, 1) == 0 ? at::kBFloat16 : at::kFloat, static_cast<Order>(draw(0, 2)));
    }

    void keepsZeros() {
        const EmulatedKernels kernels(Order::Forward);
        for (const at::ScalarType type : {at::kBFloat16, at::kFloat})
            for (const bool unit : {false, true}) {
                const at::Tensor x = at::zeros({2, 64}, type);
                QVERIFY(normalized(x, unit).rows.eq(0).all().item<bool>());
            }
    }
};

HEADROOM_TEST_MAIN(TestNormalizeRows)
#include "tst_normalize_rows.moc"
