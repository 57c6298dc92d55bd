// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/gated_norm_token.h"
#include "core/kernels/cuda/side_sum.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;
using Order = EmulatedBlock::Order;

/// The sum of the sides of a mixer by a CUDA kernel, emulated, against LibTorch in float64.
class TestSideSum : public QObject {
    Q_OBJECT

    static constexpr std::int64_t inner = 96;

    static at::Tensor expectedOf(const std::vector<SideProduct>& sides) {
        at::Tensor sum = at::zeros(sides[0].product.sizes(), at::kDouble);
        for (const SideProduct& side : sides) {
            const at::Tensor mean = side.squares.to(at::kDouble).sum(-1, true) / inner;
            sum += side.product.to(at::kDouble) * (mean + gatedNormEps).rsqrt();
        }
        return sum;
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void scalesEachTokenOfEachSide_data() {
        QTest::addColumn<int>("sides");
        QTest::addColumn<int>("tokens");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("parts");
        QTest::newRow("one side") << 1 << 5 << 16 << 1;
        QTest::newRow("one token") << 2 << 1 << 8 << 3;
        QTest::newRow("a full block") << 2 << 32 << 64 << 8;
        QTest::newRow("ragged") << 2 << 67 << 72 << 2;
    }
    void scalesEachTokenOfEachSide() {
        QFETCH(const int, sides);
        QFETCH(const int, tokens);
        QFETCH(const int, width);
        QFETCH(const int, parts);
        for (const Order order : allOrders) {
            const EmulatedKernels kernels(order);
            std::vector<SideProduct> products;
            for (int i = 0; i < sides; ++i)
                products.push_back({randomTokens({1, tokens, width}), at::rand({1, tokens, parts}) * inner});
            const at::Tensor expected = expectedOf(products);
            QVERIFY(isRoundedOnce(sumOfSides(products, inner), expected));
        }
    }

    /// Eps keeps a silent token finite.
    void keepsZeros() {
        const EmulatedKernels kernels(Order::Forward);
        const SideProduct silent{at::zeros({1, 2, 8}, at::kBFloat16), at::zeros({1, 2, 1})};
        QVERIFY(sumOfSides({silent}, inner).eq(0).all().item<bool>());
    }

    void refusesSidesOfOtherSizes() {
        const SideProduct side{randomTokens({1, 4, 16}), at::rand({1, 4, 2})};
        QVERIFY_THROWS_EXCEPTION(c10::Error, sumOfSides({}, inner));
        QVERIFY_THROWS_EXCEPTION(c10::Error,
                                 sumOfSides({side, {randomTokens({1, 4, 8}), side.squares}}, inner));
        QVERIFY_THROWS_EXCEPTION(c10::Error, sumOfSides({side, {side.product, at::rand({1, 4, 1})}}, inner));
    }
};

HEADROOM_TEST_MAIN(TestSideSum)
#include "tst_side_sum.moc"
