// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/convolution.h"
#include "core/kernels/kernel_cost.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;
using Order = EmulatedBlock::Order;

/// The convolution by a CUDA kernel, emulated, against LibTorch's in float64.
class TestConvolution : public QObject {
    Q_OBJECT

    static constexpr std::int64_t firstColumn = 16;

    struct Case {
        std::int64_t rows;
        std::int64_t length;
        std::int64_t channels;
        std::int64_t taps;
        bool backward;
    };

    static at::Tensor expectedOf(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                                 bool backward) {
        const at::Tensor ordered = backward ? x.flip({1}) : x;
        const at::Tensor padded = at::constant_pad_nd(ordered.transpose(1, 2), {weight.size(2) - 1, 0});
        const at::Tensor out =
            at::silu(at::conv1d(padded, weight, bias, 1, at::IntArrayRef{0}, 1, weight.size(0)))
                .transpose(1, 2);
        return backward ? out.flip({1}) : out;
    }

    static void check(const Case& c, Order order) {
        const EmulatedKernels kernels(order);
        const std::int64_t end = firstColumn + c.channels;
        const at::Tensor projected = randomTokens({c.rows, c.length, end + 8});
        constexpr std::int64_t others = 8; // channels before those that are convolved
        const at::Tensor weight = at::randn({others + c.channels, 1, c.taps}) * 0.5;
        const at::Tensor bias = at::randn({others + c.channels}) * 0.2;
        const auto exact = [](const at::Tensor& x) { return x.to(at::kDouble); };
        const at::Tensor expected =
            expectedOf(exact(projected.slice(2, firstColumn, end)), exact(weight.slice(0, others)),
                       exact(bias.slice(0, others)), c.backward);
        QVERIFY(isRoundedOnce(convolveForward(projected, firstColumn, weight, bias, others, c.backward),
                              expected));
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void agreesWithLibTorch_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("taps");
        QTest::newRow("one position") << 5 << 1 << 16 << 4;
        QTest::newRow("fewer positions than taps") << 2 << 3 << 8 << 4;
        QTest::newRow("one tap") << 3 << 7 << 40 << 1;
        QTest::newRow("two taps, several strips") << 2 << 130 << 64 << 2;
        QTest::newRow("three taps") << 3 << 65 << 24 << 3;
        QTest::newRow("two blocks of channels") << 2 << 70 << 264 << 4;
        QTest::newRow("all channels of a block") << 1 << 64 << 256 << 4;
    }
    void agreesWithLibTorch() {
        QFETCH(const int, rows);
        QFETCH(const int, length);
        QFETCH(const int, channels);
        QFETCH(const int, taps);
        for (const bool backward : {false, true})
            for (const Order order : allOrders)
                check({rows, length, channels, taps, backward}, order);
    }

    void agreesAtRandomSizes() {
        std::mt19937_64 random(chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 12; ++i)
            check({draw(1, 6), draw(1, 150), 8 * draw(1, 8), draw(1, 4), draw(0, 1) == 1},
                  static_cast<Order>(draw(0, 2)));
    }

    void computesNothingOnMeta() {
        const at::Tensor projected = at::empty({2, 3, 40}, at::TensorOptions(at::kMeta).dtype(at::kBFloat16));
        const at::Tensor weight = at::empty({16, 1, 4}, at::kMeta);
        const at::Tensor bias = at::empty({16}, at::kMeta);
        const at::Tensor out = convolveForward(projected, 8, weight, bias, 8, false);
        QCOMPARE(out.sizes(), at::IntArrayRef({2, 3, 8}));
    }

    /// Where a row has several strips, each reads tokens of its neighbor.
    void reportsWhatItReadsAndWrites() {
        struct Sum final : KernelCostObserver {
            Cost cost;
            void addKernelCost(const Cost& more) override { cost += more; }
        };
        constexpr double tokenBytes = 16 * 2;
        for (const std::int64_t length : {3, 130}) {
            Sum sum;
            const KernelCostGuard guard(sum);
            const at::TensorOptions meta(at::kMeta);
            convolveForward(at::empty({5, length, 40}, meta.dtype(at::kBFloat16)), 8,
                            at::empty({16, 1, 4}, meta), at::empty({16}, meta), 0, false);
            const int ofNeighbors = length == 3 ? 0 : 5 * 2 * 3; // rows, ends of strips, taps
            QCOMPARE(sum.cost.bytes, (2.0 * 5 * static_cast<double>(length) + ofNeighbors) * tokenBytes);
            QCOMPARE(sum.cost.calls, 1.0);
        }
    }

    void refusesWhatItsKernelsCannotRead() {
        const at::Tensor projected = randomTokens({2, 3, 40});
        const at::Tensor bias = at::zeros({16});
        QVERIFY_THROWS_EXCEPTION(c10::Error,
                                 convolveForward(projected, 8, at::zeros({16, 1, 5}), bias, 0, false));
        QVERIFY_THROWS_EXCEPTION(c10::Error,
                                 convolveForward(projected, 4, at::zeros({16, 1, 4}), bias, 0, false));
        QVERIFY_THROWS_EXCEPTION(c10::Error,
                                 convolveForward(projected, 32, at::zeros({16, 1, 4}), bias, 0, false));
        QVERIFY_THROWS_EXCEPTION(
            c10::Error, convolveForward(projected.to(at::kFloat), 8, at::zeros({16, 1, 4}), bias, 0, false));
    }
};

HEADROOM_TEST_MAIN(TestConvolution)
#include "tst_convolution.moc"
