// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/cpu_linear.h"
#include "core/model/scan_form.h"
#include "tests/core/model/small_models.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>
#include <ATen/record_function.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>

using namespace headroom;
using namespace headroom::test;

namespace {

/// Sizes that no block divides, several blocks per axis, and rows longer than a pass over the weights.
std::vector<NamedShape> shapes() {
    std::vector<NamedShape> all = smallShapes();
    ModelShape ragged = all[2].shape;
    ragged.hiddenDim = 70;
    ragged.attentionHeads = 3;
    ragged.headWidth = 22;
    ragged.timeDepth = 2;
    ragged.bandDepth = 2;
    all.push_back({"ragged", ragged});
    ragged.polarPositions = true;
    all.push_back({"ragged, polar positions", ragged});
    return all;
}

at::Tensor longMixture() {
    return at::randn({2, 1, 3300}, at::detail::createCPUGenerator(6), at::TensorOptions(at::kFloat));
}

/// A model with adapters, and the same in float64.
struct Pair {
    BandSplitModel model;
    BandSplitModel exact;

    explicit Pair(const ModelShape& shape)
        : model(shape, at::kCPU, at::kFloat, 1, AdapterOptions{2, {}}),
          exact(shape, at::kCPU, at::kDouble, 1, AdapterOptions{2, {}}) {
        randomize(model.adapters());
        if (!exact.parameters().load(namedTensors(model.parameters())).complete() ||
            !exact.adapters().load(namedTensors(model.adapters())).complete())
            throw std::runtime_error("the weights do not fit");
    }
};

double relativeError(const at::Tensor& x, const at::Tensor& exact) {
    return normOf(x.to(at::kDouble) - exact) / normOf(exact);
}

/// The operators of LibTorch that `work` calls, by name.
std::set<std::string> operatorsOf(const std::function<void()>& work) {
    static std::set<std::string> names;
    names.clear();
    const auto handle =
        at::addThreadLocalCallback(at::RecordFunctionCallback([](const at::RecordFunction& call) {
                                       names.insert(call.name());
                                       return std::unique_ptr<at::ObserverContext>();
                                   }).scopes({at::RecordScope::FUNCTION}));
    work();
    at::removeCallback(handle);
    return names;
}

} // namespace

/// Float32 models without gradients on the CPU, which have kernels of their own.
class TestCpuInference : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { at::set_num_threads(1); }

    /// As exact as LibTorch's operators, with any number of threads.
    void agreesWithFloat64() {
        const at::NoGradGuard noGrad;
        for (const auto& [name, shape] : shapes()) {
            const Pair pair(shape);
            const at::Tensor mixture = longMixture();
            const at::Tensor exact = pair.exact.forward(mixture.to(at::kDouble));
            const double ofOperators = [&] {
                const ScanFormGuard guard(ScanForm::Operators);
                return relativeError(pair.model.forward(mixture), exact);
            }();
            for (const int threads : {1, 2, 5}) {
                at::set_num_threads(threads);
                const at::Tensor found = pair.model.forward(mixture);
                const double error = relativeError(found, exact);
                QVERIFY2(error < 1.5 * ofOperators + 1e-7, qPrintable(QStringLiteral("%1: %2, operators %3")
                                                                          .arg(name.c_str())
                                                                          .arg(error)
                                                                          .arg(ofOperators)));
                QVERIFY(at::equal(pair.model.forward(mixture), found));
            }
        }
    }

    void needsNoOperatorsForProducts() {
        const at::NoGradGuard noGrad;
        const auto productsOf = [](const ModelShape& shape) {
            const BandSplitModel model(shape, at::kCPU, at::kFloat, 1);
            const at::Tensor tokens = model.bandSplit(model.spectrogram(longMixture()));
            const auto called = operatorsOf([&] { model.mask(model.dualPath(tokens), 0); });
            return std::ranges::count_if(
                std::array{"aten::mm", "aten::addmm", "aten::bmm", "aten::baddbmm_", "aten::_softmax"},
                [&](const char* name) { return called.contains(name); });
        };
        for (const auto& [name, shape] : shapes()) {
            if (!shape.isRoformer() || shape.linearDepth > 0)
                continue;
            QCOMPARE(productsOf(shape), 0);
            const ScanFormGuard guard(ScanForm::Operators);
            QVERIFY(productsOf(shape) > 0);
        }
    }

    /// Also where the forward pass keeps nothing and the backward pass computes all again.
    void leavesTrainingAsItWas() {
        for (const auto& [name, shape] : shapes()) {
            if (!shape.isRoformer())
                continue;
            BandSplitModel model(shape, at::kCPU, at::kFloat, 1);
            for (const std::int64_t layers : {0, 1, 99}) {
                model.setRecompute({.layers = layers, .slices = 3});
                const at::Tensor found = model.forward(longMixture()).detach();
                const ScanFormGuard guard(ScanForm::Operators);
                QVERIFY(at::equal(found, model.forward(longMixture()).detach()));
            }
        }
    }

    /// A mixer that recomputes has the products of one that does not.
    void recomputesWhatTheForwardPassComputed() {
        BandSplitModel model(smallShapes()[0].shape, at::kCPU, at::kFloat, 1);
        const at::Tensor found = model.forward(longMixture()).detach();
        model.setRecompute({.layers = 99, .slices = 1});
        QVERIFY(at::equal(found, model.forward(longMixture()).detach()));
    }

    void computesLinearLayers() {
        for (const std::int64_t rows : {1, 3, 128, 129, 700}) {
            for (const int threads : {1, 2, 5}) {
                at::set_num_threads(threads);
                const at::Tensor x = at::randn({2, rows, 37});
                const at::Tensor weights = at::randn({71, 37});
                const at::Tensor bias = at::randn({71});
                const at::Tensor exact =
                    at::linear(x.to(at::kDouble), weights.to(at::kDouble), bias.to(at::kDouble));
                const at::Tensor strided = x.transpose(0, 1).contiguous().transpose(0, 1);
                for (const at::Tensor& input : {x, strided}) {
                    const at::Tensor found = linearOnCpu(input, ColumnBlocks(weights), bias);
                    QVERIFY(at::allclose(found.to(at::kDouble), exact, 1e-5, 1e-5));
                }
            }
        }
    }
};

HEADROOM_TEST_MAIN(TestCpuInference)
#include "tst_cpu_inference.moc"
