// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/column_blocks.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <QScopeGuard>

#include <random>

using namespace headroom;

namespace {

constexpr float untouched = 77;

/// A matrix that begins within a wider one.
struct Strided {
    at::Tensor stored;
    at::Tensor view;

    Strided(std::int64_t rows, std::int64_t columns, std::int64_t more)
        : stored(at::randn({rows, columns + more})), view(stored.narrow(1, 0, columns)) {}
    Matrix<float> matrix() const { return {stored.const_data_ptr<float>(), stored.size(1)}; }
};

/// The largest error in units of what the rounding of each product could add up to.
double worstError(const at::Tensor& found, const at::Tensor& left, const at::Tensor& right) {
    const at::Tensor a = left.to(at::kDouble);
    const at::Tensor b = right.to(at::kDouble);
    const at::Tensor sizes = at::matmul(a.abs(), b.abs());
    return ((found.to(at::kDouble) - at::matmul(a, b)).abs() / sizes).max().item<double>();
}

} // namespace

class TestColumnBlocks : public QObject {
    Q_OBJECT

    static void checkBlocks(std::int64_t rows, std::int64_t columns, std::int64_t inner, std::int64_t width) {
        const at::Tensor weights = at::randn({columns, inner});
        const Strided left(rows, inner, 3);
        const ColumnBlocks blocks(weights, width);
        QCOMPARE(blocks.columns(), columns);
        QCOMPARE(blocks.inner(), inner);
        const at::Tensor c = at::full({rows, columns + 2}, untouched);
        const auto product = [&](bool accumulate) {
            blocks.multiply(left.matrix(), c.mutable_data_ptr<float>(), columns + 2, rows, accumulate);
        };
        product(false);
        QVERIFY(worstError(c.narrow(1, 0, columns), left.view, weights.t()) < 1e-6);
        product(true);
        QVERIFY(worstError(c.narrow(1, 0, columns) / 2, left.view, weights.t()) < 1e-6);
        QVERIFY(c.narrow(1, columns, 2).eq(untouched).all().item<bool>());
    }

private Q_SLOTS:
    void multipliesByAllColumns() {
        checkBlocks(1, 1, 1, 64);
        checkBlocks(1, 65, 193, 64);
        checkBlocks(128, 384, 384, 64);
        std::mt19937 random(test::chosenSeed());
        const auto upTo = [&](std::int64_t most) {
            return std::uniform_int_distribution<std::int64_t>(1, most)(random);
        };
        for (int i = 0; i < 20; ++i)
            checkBlocks(upTo(140), upTo(300), upTo(600), upTo(96));
    }

    /// As on CPUs for which LibTorch compiles no block products.
    void multipliesByBlas() {
        at::globalContext().setUserEnabledMkldnn(false);
        const auto enable = qScopeGuard([] { at::globalContext().setUserEnabledMkldnn(true); });
        checkBlocks(1, 1, 1, 64);
        checkBlocks(1, 65, 193, 64);
        checkBlocks(37, 150, 384, 64);
    }

    void multipliesByOneBlock() {
        const at::Tensor weights = at::randn({70, 40});
        const Strided left(9, 40, 0);
        const ColumnBlocks blocks(weights, 32);
        QCOMPARE(blocks.count(), std::int64_t{3});
        const at::Tensor c = at::full({9, 32}, untouched);
        blocks.multiplyBy(2, left.matrix(), c.mutable_data_ptr<float>(), 32, 9, false);
        QVERIFY(worstError(c.narrow(1, 0, 6), left.view, weights.narrow(0, 64, 6).t()) < 1e-6);
        QVERIFY(c.narrow(1, 6, 26).eq(untouched).all().item<bool>());
    }

    void multipliesStridedMatrices() {
        const Strided left(17, 401, 5);
        const Strided right(401, 30, 7);
        const at::Tensor c = at::empty({17, 31});
        multiplyBlock(left.matrix(), right.matrix(), c.mutable_data_ptr<float>(), 31, 17, 30, 401, false);
        QVERIFY(worstError(c.narrow(1, 0, 30), left.view, right.view) < 1e-6);
    }

    void refusesOtherTypes() {
        QVERIFY_THROWS_EXCEPTION(c10::Error, ColumnBlocks(at::randn({3, 4}, at::kDouble)));
    }
};

HEADROOM_TEST_MAIN(TestColumnBlocks)
#include "tst_column_blocks.moc"
