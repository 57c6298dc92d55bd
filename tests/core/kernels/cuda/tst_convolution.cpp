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

/// The convolution by CUDA kernels, emulated, against LibTorch's in float64.
class TestConvolution : public QObject {
    Q_OBJECT

    static constexpr std::int64_t firstColumn = 16;

    struct Case {
        std::int64_t rows;
        std::int64_t length;
        std::int64_t channels;
        std::int64_t taps;
        bool backward;
        at::ScalarType type;
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
        const at::Tensor projected = asColumns(randomTokens({c.rows, c.length, end + 8}, c.type));
        const at::Tensor weight = at::randn({c.channels, 1, c.taps}) * 0.5;
        const at::Tensor bias = at::randn({c.channels}) * 0.2;
        const at::Tensor gradOut = inLongerRows(randomTokens({c.rows, c.length, c.channels}, c.type));
        const at::Tensor gradProjected = asColumns(unwrittenTokens(projected.sizes(), c.type));

        const at::Tensor x = leaf(projected.slice(2, firstColumn, end));
        const at::Tensor w = leaf(weight);
        const at::Tensor b = leaf(bias);
        const at::Tensor expected = expectedOf(x, w, b, c.backward);
        expected.backward(gradOut.to(at::kDouble));

        const at::Tensor out = inLongerRows(unwrittenTokens(gradOut.sizes(), c.type));
        convolveForward(projected, firstColumn, weight, bias, out, c.backward);
        QVERIFY(isExact(out, expected, c.type));
        const ConvolutionGradients found =
            convolveBackward(projected, firstColumn, weight, bias, gradOut, gradProjected, c.backward);
        QVERIFY(isExact(gradProjected.slice(2, firstColumn, end), x.grad(), c.type));
        QVERIFY(isUnwritten(gradProjected.slice(2, 0, firstColumn)));
        QVERIFY(isUnwritten(gradProjected.slice(2, end)));
        QVERIFY(isSummedInFloat(found.weight, w.grad()));
        QVERIFY(isSummedInFloat(found.bias, b.grad()));
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
        for (const at::ScalarType type : allTypes)
            for (const bool backward : {false, true})
                for (const Order order : allOrders)
                    check({rows, length, channels, taps, backward, type}, order);
    }

    void agreesAtRandomSizes() {
        std::mt19937_64 random(chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 20; ++i) {
            const at::ScalarType type = allTypes[i % 2];
            const std::int64_t channels = type == at::kFloat ? 4 * draw(1, 40) : 8 * draw(1, 8);
            check({draw(1, 6), draw(1, 150), channels, draw(1, 4), draw(0, 1) == 1, type},
                  static_cast<Order>(draw(0, 2)));
        }
    }

    /// More strips than the blocks of one launch take at once: blocks have several each.
    void sumsManyRows() {
        for (const at::ScalarType type : allTypes)
            check({1100, 2, 8, 4, true, type}, Order::Shuffled);
    }

    /// The last channels alone, as B and C before the scan's kernels.
    void convolvesTheLastChannels() {
        const EmulatedKernels kernels(Order::Forward);
        for (const at::ScalarType type : allTypes) {
            const at::Tensor projected = randomTokens({2, 9, 32}, type);
            const at::Tensor weight = at::randn({24, 1, 4});
            const at::Tensor bias = at::randn({24});
            const at::Tensor all = at::empty({2, 9, 24}, projected.options());
            convolveForward(projected, 8, weight, bias, all, false);
            const at::Tensor last = at::empty({2, 9, 16}, projected.options());
            convolveForward(projected, 16, weight, bias, last, false);
            QVERIFY(at::equal(last, all.slice(2, 8)));
        }
    }

    void computesNothingOnMeta() {
        const at::Tensor projected = at::empty({2, 3, 40}, at::TensorOptions(at::kMeta).dtype(at::kBFloat16));
        const at::Tensor weight = at::empty({16, 1, 4}, at::kMeta);
        const at::Tensor bias = at::empty({16}, at::kMeta);
        const at::Tensor out = at::empty({2, 3, 16}, projected.options());
        convolveForward(projected, 8, weight, bias, out, false);
        const auto found = convolveBackward(projected, 8, weight, bias, out, projected, false);
        QVERIFY(found.weight.is_meta() && found.weight.sizes() == weight.sizes());
        QVERIFY(found.bias.is_meta() && found.bias.sizes() == bias.sizes());
    }

    /// Where a row has several strips, each reads tokens of its neighbor.
    void reportsWhatItReadsAndWrites() {
        struct Sum final : KernelCostObserver {
            Cost cost;
            void addKernelCost(const Cost& more) override { cost += more; }
        };
        for (const at::ScalarType type : allTypes) {
            const double tokenBytes = 16.0 * static_cast<double>(c10::elementSize(type));
            for (const std::int64_t length : {3, 130}) {
                const auto tokens = at::TensorOptions(at::kMeta).dtype(type);
                const at::Tensor projected = at::empty({5, length, 40}, tokens);
                const at::Tensor weight = at::empty({16, 1, 4}, at::kMeta);
                const at::Tensor bias = at::empty({16}, at::kMeta);
                const at::Tensor out = at::empty({5, length, 16}, tokens);
                const int ofNeighbors = length == 3 ? 0 : 5 * 2 * 3; // rows, ends of strips, taps
                const double count = 5 * static_cast<double>(length);
                {
                    Sum sum;
                    const KernelCostGuard guard(sum);
                    convolveForward(projected, 8, weight, bias, out, false);
                    QCOMPARE(sum.cost.bytes, (2 * count + ofNeighbors) * tokenBytes);
                    QCOMPARE(sum.cost.calls, 1.0);
                }
                Sum sum;
                const KernelCostGuard guard(sum);
                convolveBackward(projected, 8, weight, bias, out, projected, false);
                // Strips read two tokens and compute gradients of one. Each block has sums of 16 x 4 weights
                // and 16 biases, which are written, read, and added.
                const double blocks = length == 3 ? 2 : 4;
                const double sums = (2 * blocks + 1) * 16 * 5 * sizeof(float);
                QCOMPARE(sum.cost.bytes, (3 * count + 3 * ofNeighbors) * tokenBytes + sums);
                QCOMPARE(sum.cost.calls, 3.0);
            }
        }
    }

    void refusesWhatItsKernelsCannotRead() {
        for (const at::ScalarType type : allTypes) {
            const at::Tensor projected = randomTokens({2, 3, 40}, type);
            const at::Tensor bias = at::zeros({16});
            const at::Tensor weight = at::zeros({16, 1, 4});
            const at::Tensor out = at::empty({2, 3, 16}, projected.options());
            const auto refuses = [&](const at::Tensor& from, std::int64_t column, const at::Tensor& by,
                                     const at::Tensor& to) {
                QVERIFY_THROWS_EXCEPTION(c10::Error, convolveForward(from, column, by, bias, to, false));
            };
            refuses(projected, 8, at::zeros({16, 1, 5}), out);
            refuses(projected, 2, weight, out);
            refuses(projected, 32, weight, out);
            refuses(projected, 8, weight, at::empty({2, 4, 16}, projected.options()));
            refuses(projected, 8, weight, at::empty({2, 3, 24}, projected.options()));
            refuses(projected, 8, weight, out.to(type == at::kFloat ? at::kBFloat16 : at::kFloat));
            refuses(projected.to(at::kDouble), 8, weight, out.to(at::kDouble));
            refuses(projected.slice(1, 0, 2), 8, weight, out.slice(1, 0, 2));
            refuses(projected.slice(2, 1, 33), 8, weight, out);
        }
    }
};

HEADROOM_TEST_MAIN(TestConvolution)
#include "tst_convolution.moc"
