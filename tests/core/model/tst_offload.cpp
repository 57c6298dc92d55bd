// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/kernel_cost.h"
#include "core/model/dual_path.h"
#include "core/model/host_rows.h"
#include "core/model/initialization.h"
#include "core/model/positions.h"
#include "core/model/roformer_layer.h"
#include "core/model/sliced_function.h"
#include "core/support/slices.h"
#include "tests/core/model/small_models.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

namespace {

const std::vector<std::int64_t> sliceCounts = {1, 2, 3, 4, 5, 99};

struct RowsCase {
    SlicedFunction::RowsOf rowsOf;
    std::int64_t rows;
    std::int64_t dimension;
};

at::Tensor randomTokens(at::ScalarType type = at::kDouble) {
    return at::randn({5, 3, 7, 8}, at::detail::createCPUGenerator(6), at::TensorOptions(type));
}

/// Rows along time, along bands, and whole examples, of randomTokens().
std::vector<RowsCase> rowsCases() {
    return {{bandRows, 15, 0}, {frameRows, 21, 1}, {exampleRows, 3, 1}};
}

/// Element by element, so that the result does not depend on where the operands are in memory.
SlicedFunction function(const RowsCase& rows, const at::Tensor& weight, bool offloads) {
    return {.rows = rows.rows,
            .inputRows = rows.rowsOf,
            .outputRows = rows.rowsOf,
            .outputSizes = {5, 3, 7, 8},
            .outputType = at::kDouble,
            .weights = [weight] { return std::vector{weight.exp()}; },
            .compute = [](const at::Tensor& slice, const auto& weights,
                          SliceCall /*call*/) { return slice * slice * weights[0]; },
            .parameters = {weight},
            .offloadInput = offloads,
            .inputRowDimension = rows.dimension};
}

std::unique_ptr<Layer> makeLayer(const ModelShape& shape, Initialization& init) {
    if (!shape.isRoformer())
        return std::make_unique<DualPathLayer>(shape, "layer.", init);
    return std::make_unique<RoformerLayer>(
        shape, "layer.", shape.polarPositions ? makePolarBiases(shape, "layer.", init) : PolarBiases{}, init);
}

/// Output and gradients of the input and of all parameters.
std::vector<at::Tensor> runLayer(const ModelShape& shape, bool offloads) {
    ParameterSet parameters;
    Initialization init(parameters, at::kCPU, at::kDouble, 1);
    const auto layer = makeLayer(shape, init);
    const at::Tensor tokens = randomTokens().set_requires_grad(true);
    LayerRun run{};
    run.activations = at::kDouble;
    run.slices = 4;
    run.offloadInput = offloads;
    if (shape.isRoformer()) {
        const at::Tensor frequencies =
            shape.polarPositions ? polarFrequencies(shape.headWidth) : rotaryFrequencies(shape.headWidth);
        run.timePositions = positionTable(frequencies, tokens.size(2), at::kDouble);
        run.bandPositions = positionTable(frequencies, tokens.size(0), at::kDouble);
    }
    const at::Tensor output = layer->forward(tokens, run);
    (output * randomTokens().flip(0)).sum().backward();
    std::vector<at::Tensor> results{output.detach(), tokens.grad()};
    for (const auto& entry : parameters.entries())
        results.push_back(entry.value.grad());
    return results;
}

struct CopiedBytes : KernelCostObserver {
    double bytes = 0;
    double calls = 0;
    void addKernelCost(const Cost& cost) override {
        bytes += cost.bytes;
        calls += cost.calls;
    }
};

} // namespace

/// Inputs in other memory. On the CPU, where a model does not offload, it is a copy.
class TestOffload : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void slicesComeBack() {
        const at::Tensor tokens = randomTokens();
        for (const RowsCase& rows : rowsCases()) {
            for (const std::int64_t slices : sliceCounts) {
                const at::Tensor all = rows.rowsOf(tokens, 0, rows.rows);
                HostRows host(all, rows.dimension, slices);
                {
                    RowsToHost toHost(host, all);
                    forEachSlice(rows.rows, slices, [&](std::int64_t begin, std::int64_t end) {
                        QVERIFY(at::equal(toHost.slice(begin, end), rows.rowsOf(tokens, begin, end)));
                    });
                }
                RowsFromHost fromHost(std::move(host));
                forEachSlice(rows.rows, slices, [&](std::int64_t begin, std::int64_t end) {
                    QVERIFY(at::equal(fromHost.slice(begin, end), rows.rowsOf(tokens, begin, end)));
                });
            }
        }
    }

    /// Two slices at a time, whatever the size of the tensor.
    void deviceHoldsTwoSlices() {
        const at::Tensor rows = at::zeros({100, 4});
        for (const std::int64_t slices : sliceCounts) {
            const std::vector<at::Tensor> slots = HostRows(rows, 0, slices).emptySlots();
            QCOMPARE(slots.size(), slices == 1 ? 1U : 2U);
            for (const at::Tensor& slot : slots)
                QCOMPARE(slot.size(0), sliceSize(100, slices));
        }
    }

    void resultsAreTheSame() {
        for (const RowsCase& rows : rowsCases()) {
            for (const std::int64_t slices : sliceCounts) {
                std::vector<at::Tensor> results[2];
                for (const bool offloads : {false, true}) {
                    const at::Tensor tokens = randomTokens().set_requires_grad(true);
                    const at::Tensor weight =
                        randomTokens().flatten().narrow(0, 0, 8).set_requires_grad(true);
                    const at::Tensor output = evaluate(function(rows, weight, offloads), tokens, slices);
                    (output * randomTokens().flip(0)).sum().backward();
                    results[offloads] = {output.detach(), tokens.grad(), weight.grad()};
                }
                for (std::size_t i = 0; i < results[0].size(); ++i)
                    QVERIFY(at::equal(results[0][i], results[1][i]));
            }
        }
    }

    /// The input may change after the forward pass.
    void inputIsCopied() {
        for (const RowsCase& rows : rowsCases()) {
            at::Tensor gradients[2];
            for (const bool changes : {false, true}) {
                const at::Tensor tokens = randomTokens();
                const at::Tensor weight = at::ones({8}, at::kDouble).set_requires_grad(true);
                const at::Tensor output = evaluate(function(rows, weight, true), tokens, 4);
                if (changes)
                    tokens.zero_();
                output.sum().backward();
                gradients[changes] = weight.grad();
            }
            QVERIFY(at::equal(gradients[0], gradients[1]));
        }
    }

    /// Matrix products of tensors at other addresses can round differently.
    void layersComputeTheSame() {
        for (const auto& [name, shape] : smallShapes()) {
            const std::vector<at::Tensor> expected = runLayer(shape, false);
            const std::vector<at::Tensor> actual = runLayer(shape, true);
            QCOMPARE(actual.size(), expected.size());
            for (std::size_t i = 0; i < expected.size(); ++i)
                QVERIFY2(normOf(actual[i] - expected[i]) <= 1e-12 * normOf(expected[i]),
                         (name + ": " + std::to_string(i)).c_str());
        }
    }

    /// Each byte is read from the device once, and written to it once.
    void copiesAreCounted() {
        const at::Tensor tokens = randomTokens().set_requires_grad(true);
        const RowsCase rows = rowsCases()[0];
        const at::Tensor weight = at::ones({8}, at::kDouble).set_requires_grad(true);
        CopiedBytes copied;
        const KernelCostGuard guard(copied);
        const at::Tensor output = evaluate(function(rows, weight, true), tokens, 4);
        QCOMPARE(copied.bytes, static_cast<double>(tokens.nbytes()));
        output.sum().backward();
        QCOMPARE(copied.bytes, 2 * static_cast<double>(tokens.nbytes()));
        QCOMPARE(copied.calls, 8.0);
    }
};

HEADROOM_TEST_MAIN(TestOffload)
#include "tst_offload.moc"
