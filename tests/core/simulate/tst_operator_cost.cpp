// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/simulate/simulated_device.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <functional>

using namespace headroom;

namespace {

constexpr std::int64_t rows = 30;
constexpr std::int64_t columns = 50;
constexpr double bytes = 4.0 * rows * columns;

struct Case {
    const char* name;
    std::function<at::Tensor(const at::Tensor&)> run; ///< of a [rows, columns]
    double passes;                                    ///< over the memory of x
    double calls = 1;
};

const std::vector<Case> cases = {
    {"narrow", [](const at::Tensor& x) { return x.narrow(0, 1, 2); }, 0},
    {"flatten", [](const at::Tensor& x) { return x.flatten(); }, 0},
    {"empty_like", [](const at::Tensor& x) { return at::empty_like(x); }, 0},
    {"zeros_like", [](const at::Tensor& x) { return at::zeros_like(x); }, 1},
    {"ones", [](const at::Tensor& x) { return at::ones(x.sizes(), x.options()); }, 1},
    {"zero_", [](const at::Tensor& x) { return x.zero_(); }, 1},
    {"clone", [](const at::Tensor& x) { return x.clone(); }, 2},
    {"stack",
     [](const at::Tensor& x) {
         return at::stack({x, x});
     },
     4},
    {"to another type", [](const at::Tensor& x) { return x.to(at::kBFloat16); }, 1.5},
    {"to the same type", [](const at::Tensor& x) { return x.to(at::kFloat); }, 0},
    {"contiguous already", [](const at::Tensor& x) { return x.contiguous(); }, 0, 0},
    {"contiguous by a copy", [](const at::Tensor& x) { return x.t().contiguous(); }, 2, 2},
    {"reshape by a copy", [](const at::Tensor& x) { return x.t().reshape({-1}); }, 2, 2},
    {"copy_", [](const at::Tensor& x) { return x.copy_(x); }, 2},
    {"add", [](const at::Tensor& x) { return x + x; }, 3},
    {"glu", [](const at::Tensor& x) { return at::glu(x); }, 1.5},
    {"glu_backward", [](const at::Tensor& x) { return at::glu_backward(x.narrow(1, 0, columns / 2), x, -1); },
     2.5, 2},
    {"add_", [](const at::Tensor& x) { return x.add_(x); }, 3},
};

} // namespace

/// The cost of one operator call, including operators that it calls.
class TestOperatorCost : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsBytesReadAndWritten_data() {
        QTest::addColumn<std::size_t>("index");
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << i;
    }

    void countsBytesReadAndWritten() {
        QFETCH(std::size_t, index);
        const Case& each = cases[index];
        SimulatedDevice device(cpuCard());
        const at::Tensor x =
            at::empty({rows, columns}, at::TensorOptions().device(at::kMeta).dtype(at::kFloat));
        device.beginPhase("forward", CostPart::Forward);
        const at::Tensor result = each.run(x);
        const Cost& cost = device.cost()[CostPart::Forward];
        QCOMPARE(cost.bytes, each.passes * bytes);
        QCOMPARE(cost.calls, each.calls);
    }

    void countsNestedMatrixProducts() {
        SimulatedDevice device(cpuCard());
        const at::Tensor x =
            at::empty({rows, columns}, at::TensorOptions().device(at::kMeta).dtype(at::kFloat));
        device.beginPhase("forward", CostPart::Forward);
        const at::Tensor result = at::matmul(x, x.t());
        QCOMPARE(device.cost()[CostPart::Forward].flops, 2.0 * rows * rows * columns);
    }

    void namesAllocationsAfterOutermostOperator() {
        SimulatedDevice device(cpuCard());
        const at::Tensor x =
            at::empty({rows, columns}, at::TensorOptions().device(at::kMeta).dtype(at::kFloat));
        const at::Tensor result = x.t().contiguous();
        const AllocationStream& stream = device.recorder().stream();
        QCOMPARE(stream.blocks.size(), 2U);
        QCOMPARE(stream.names[static_cast<std::size_t>(stream.blocks[1].operation)],
                 std::string("contiguous"));
    }
};

HEADROOM_TEST_MAIN(TestOperatorCost)
#include "tst_operator_cost.moc"
