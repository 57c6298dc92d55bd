// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/transfer.h"
#include "core/kernels/kernel_cost.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;
using Order = EmulatedBlock::Order;

/// What positions add to each other by CUDA kernels, emulated, against LibTorch in float64.
class TestTransfer : public QObject {
    Q_OBJECT

    struct Case {
        std::int64_t rows;
        std::int64_t chunks;
        std::int64_t heads;
        std::int64_t positions;
        bool backward;
        at::ScalarType type;
    };

    /// s as scans have it: exp(s_i - s_j) is a decay where j reaches i, and overflows far from there.
    static TransferInputs randomInputs(const Case& c) {
        const at::Tensor steps = at::rand({c.rows, c.chunks, c.heads, c.positions}) * 4;
        const at::Tensor logs = (steps * -at::rand({c.heads, 1}) * 16).cumsum(-1);
        return {randomTokens({c.rows * c.chunks, c.positions, c.positions}, c.type),
                c.backward ? logs.neg() : logs, steps, c.backward};
    }

    static at::Tensor expectedOf(const at::Tensor& scores, const at::Tensor& positions,
                                 const at::Tensor& steps, bool backward) {
        const auto n = positions.size(3);
        const at::Tensor all = at::ones({n, n}, at::kBool);
        const at::Tensor outside = backward ? all.tril(-1) : all.triu(1);
        const at::Tensor decays = (positions.unsqueeze(-1) - positions.unsqueeze(-2))
                                      .masked_fill(outside, -std::numeric_limits<double>::infinity())
                                      .exp();
        return scores.view({positions.size(0), positions.size(1), 1, n, n}) * decays * steps.unsqueeze(-2);
    }

    static void check(const Case& c, Order order) {
        const EmulatedKernels kernels(order);
        const TransferInputs inputs = randomInputs(c);
        const at::Tensor scores = leaf(inputs.scores);
        const at::Tensor positions = leaf(inputs.positions);
        const at::Tensor steps = leaf(inputs.steps);
        const at::Tensor expected = expectedOf(scores, positions, steps, c.backward);
        // Where j comes after i too: its gradient has no effect.
        const at::Tensor gradient = randomTokens(expected.sizes(), c.type);
        expected.backward(gradient.to(at::kDouble));

        QVERIFY(isExact(transferForward(inputs), expected, c.type));
        const at::Tensor m = gradient.clone();
        const TransferGradients found = transferBackward(inputs, m);
        QVERIFY(isExact(m, expected, c.type));
        QVERIFY(isExact(found.scores, scores.grad(), c.type));
        QVERIFY(isSummedInFloat(found.positions, positions.grad()));
        QVERIFY(isSummedInFloat(found.steps, steps.grad()));
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void agreesWithLibTorch_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("chunks");
        QTest::addColumn<int>("heads");
        QTest::addColumn<int>("positions");
        QTest::newRow("eight positions") << 1 << 1 << 1 << 8;
        QTest::newRow("several chunks") << 2 << 3 << 2 << 16;
        QTest::newRow("ragged rows of warps") << 1 << 2 << 3 << 40;
        QTest::newRow("all threads") << 1 << 1 << 2 << 128;
    }
    void agreesWithLibTorch() {
        QFETCH(const int, rows);
        QFETCH(const int, chunks);
        QFETCH(const int, heads);
        QFETCH(const int, positions);
        for (const at::ScalarType type : allTypes)
            for (const bool backward : {false, true})
                for (const Order order : allOrders)
                    check({rows, chunks, heads, positions, backward, type}, order);
    }

    void agreesAtRandomSizes() {
        std::mt19937_64 random(chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 10; ++i)
            check({draw(1, 3), draw(1, 3), draw(1, 5), 8 * draw(1, 16), draw(0, 1) == 1, allTypes[i % 2]},
                  static_cast<Order>(draw(0, 2)));
    }

    /// Padding at the end of a chunk has steps of 0, and gives and takes nothing.
    void paddingAddsNothing() {
        const EmulatedKernels kernels(Order::Forward);
        TransferInputs inputs = randomInputs({1, 1, 2, 16, false, at::kFloat});
        inputs.steps.slice(3, 10).zero_();
        inputs.scores.slice(1, 10).zero_();
        const at::Tensor m = transferForward(inputs);
        QVERIFY(m.slice(3, 10).eq(0).all().item<bool>());
        QVERIFY(m.slice(4, 10).eq(0).all().item<bool>());
    }

    void reportsWhatItReadsAndWrites() {
        struct Sum final : KernelCostObserver {
            Cost cost;
            void addKernelCost(const Cost& more) override { cost += more; }
        };
        for (const at::ScalarType type : allTypes) {
            const auto tokens = at::TensorOptions(at::kMeta).dtype(type);
            const at::Tensor numbers = at::empty({2, 3, 5, 16}, at::kMeta);
            const TransferInputs inputs{at::empty({6, 16, 16}, tokens), numbers, numbers, false};
            const double scores = 6 * 256 * static_cast<double>(c10::elementSize(type));
            const double ofHeads = 2 * 6 * 5 * 16 * sizeof(float);
            Sum sum;
            const KernelCostGuard guard(sum);
            const at::Tensor m = transferForward(inputs);
            QCOMPARE(m.sizes(), at::IntArrayRef({2, 3, 5, 16, 16}));
            QCOMPARE(sum.cost.bytes, 6 * scores + ofHeads);
            const TransferGradients found = transferBackward(inputs, m);
            QCOMPARE(found.scores.sizes(), inputs.scores.sizes());
            QCOMPARE(sum.cost.bytes, 3 * (6 * scores + ofHeads));
            QCOMPARE(sum.cost.calls, 2.0);
        }
    }

    void refusesWhatItsKernelsCannotRead() {
        const auto refuses = [](std::int64_t positions, std::int64_t ofScores, at::ScalarType type) {
            const at::Tensor numbers = at::zeros({1, 1, 2, positions});
            const TransferInputs inputs{at::zeros({1, ofScores, ofScores}, type), numbers, numbers, false};
            QVERIFY_THROWS_EXCEPTION(c10::Error, transferForward(inputs));
            const at::Tensor m = at::zeros({1, 1, 2, positions, positions}, type);
            QVERIFY_THROWS_EXCEPTION(c10::Error, transferBackward(inputs, m));
        };
        refuses(12, 12, at::kFloat);
        refuses(136, 136, at::kFloat);
        refuses(16, 8, at::kFloat);
        refuses(16, 16, at::kDouble);
        const at::Tensor numbers = at::zeros({1, 1, 2, 16});
        const TransferInputs inputs{at::zeros({1, 16, 16}), numbers, numbers, false};
        QVERIFY_THROWS_EXCEPTION(c10::Error, transferBackward(inputs, at::zeros({1, 1, 1, 16, 16})));
        QVERIFY_THROWS_EXCEPTION(c10::Error,
                                 transferBackward(inputs, at::zeros({1, 1, 2, 16, 16}, at::kBFloat16)));
    }
};

HEADROOM_TEST_MAIN(TestTransfer)
#include "tst_transfer.moc"
