// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/adapters.h"
#include "core/model/trained_parameters.h"
#include "tests/core/model/small_models.h"
#include "tests/support/strict_main.h"

#include <cmath>
#include <functional>
#include <map>

using namespace headroom;
using namespace headroom::test;

namespace {

constexpr std::int64_t rank = 3;

std::unique_ptr<BandSplitModel> adapted(const ModelShape& shape, at::ScalarType dtype,
                                        std::vector<std::string> frozen = {}, std::uint64_t seed = 1) {
    auto model = std::make_unique<BandSplitModel>(shape, at::kCPU, dtype, seed,
                                                  AdapterOptions{rank, std::move(frozen)});
    TrainingConfig config;
    config.loraRank = rank;
    trainedParameters(*model, config);
    return model;
}

std::string weightOf(const std::string& adapter) {
    return adapter.substr(0, adapter.rfind('.')) + ".weight";
}

std::string partner(std::string a) {
    a.back() = 'B';
    return a;
}

/// The gradients of the adapters from those of a model without adapters, whose weights are the sums.
TensorMap expectedGradients(const BandSplitModel& model) {
    BandSplitModel whole(model.shape(), at::kCPU, at::kDouble, 1);
    const TensorMap adapters = namedTensors(model.adapters());
    TensorMap expected;
    std::map<std::string, at::Tensor> sums;
    TensorMap leaves;
    for (const auto& [name, value] : adapters)
        leaves[name] = value.clone().set_requires_grad(true);
    TensorMap weights = namedTensors(model.parameters());
    for (const auto& [name, a] : leaves) {
        if (!name.ends_with("A"))
            continue;
        const std::string weight = weightOf(name);
        sums[weight] =
            weights.at(weight) + at::matmul(leaves.at(partner(name)), a).view_as(weights.at(weight));
        weights[weight] = sums.at(weight).detach();
    }
    if (!whole.parameters().load(weights).complete())
        throw std::runtime_error("the weights do not fit");
    runSmallModel(whole);
    for (const auto& [name, sum] : sums)
        sum.backward(whole.parameters().at(name).grad());
    for (const auto& [name, leaf] : leaves)
        expected[name] = leaf.grad();
    return expected;
}

} // namespace

class TestAdapters : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changeNothingAtFirst() {
        for (const auto& [name, shape] : smallShapes()) {
            const BandSplitModel plain(shape, at::kCPU, at::kFloat, 1);
            const auto model = adapted(shape, at::kFloat);
            QVERIFY(model->adapters().size() > 0);
            for (const auto& entry : plain.parameters().entries())
                QVERIFY(at::equal(entry.value, model->parameters().at(entry.name)));
            const at::NoGradGuard noGrad;
            const TensorMap weights = namedTensors(plain.parameters());
            for (const auto& [parameter, merged] : mergedWeights(weights, namedTensors(model->adapters())))
                QVERIFY2(at::equal(merged, weights.at(parameter)), parameter.c_str());
            // Matrix products of tensors at other addresses can round differently.
            const at::Tensor expected = plain.forward(smallMixture(at::kFloat));
            const double error = normOf(model->forward(smallMixture(at::kFloat)) - expected);
            QVERIFY2(error <= 1e-5 * normOf(expected), name.c_str());
        }
    }

    /// In every matrix of the linear layers but those of band split and gates, and nowhere else.
    void belongToLinearLayers() {
        for (const auto& [name, shape] : smallShapes()) {
            const auto model = adapted(shape, at::kFloat);
            std::size_t count = 0;
            for (const auto& [parameter, value] : model->parameters().entries()) {
                const bool isMatrix = value.dim() >= 2 && value.size(1) > 1 && parameter.ends_with(".weight");
                const bool has = isMatrix && !parameter.starts_with("band_split.") &&
                                 !parameter.ends_with("to_gates.weight");
                if (!has)
                    continue;
                const std::string module = parameter.substr(0, parameter.rfind('.'));
                QVERIFY2(model->adapters().contains(module + ".lora_A"), parameter.c_str());
                count += 2;
                const at::Tensor& a = model->adapters().at(module + ".lora_A");
                const at::Tensor& b = model->adapters().at(module + ".lora_B");
                const std::int64_t own = std::min({rank, value.size(0), value.size(1)});
                QVERIFY(a.dim() == 2 && a.size(0) == own && a.size(1) == value.size(1));
                QVERIFY(b.dim() == 2 && b.size(0) == value.size(0) && b.size(1) == own);
                QCOMPARE(b.abs().max().item<double>(), 0.0);
                const double bound = 1 / std::sqrt(static_cast<double>(value.size(1)));
                const double largest = a.abs().max().item<double>();
                QVERIFY(largest <= bound && largest > bound / 4);
            }
            QCOMPARE(model->adapters().size(), count);
        }
    }

    void followTheSeed() {
        const ModelShape shape = smallShapes().front().shape;
        const TensorMap one = namedTensors(adapted(shape, at::kFloat)->adapters());
        const TensorMap same = namedTensors(adapted(shape, at::kFloat)->adapters());
        const TensorMap other = namedTensors(adapted(shape, at::kFloat, {}, 2)->adapters());
        bool differs = false;
        for (const auto& [name, tensor] : one) {
            QVERIFY(at::equal(tensor, same.at(name)));
            differs |= !at::equal(tensor, other.at(name));
        }
        QVERIFY(differs);
    }

    void frozenWeightsHaveNone() {
        const ModelShape shape = smallShapes()[1].shape;
        const auto model = adapted(shape, at::kFloat, {"layers.1", "mask_estimators.0"});
        bool others = false;
        for (const auto& entry : model->adapters().entries()) {
            QVERIFY(!entry.name.starts_with("layers.1.") && !entry.name.starts_with("mask_estimators.0."));
            others |= entry.name.starts_with("mask_estimators.1.");
        }
        QVERIFY(others);
    }

    /// Those of plain operators, with any slices, and without a gradient of any weight.
    void gradientsMatchPlainOperators() {
        for (const auto& [name, shape] : smallShapes()) {
            const auto reference = adapted(shape, at::kDouble);
            randomize(reference->adapters());
            const TensorMap expected = expectedGradients(*reference);
            for (const RecomputePlan& plan : {RecomputePlan{},
                                              {.layers = 3, .slices = 1},
                                              {.layers = 3, .slices = 4},
                                              {.layers = 2},
                                              {.layers = 1, .slices = 3, .offload = true}}) {
                const auto model = adapted(shape, at::kDouble);
                randomize(model->adapters());
                model->setRecompute(plan);
                runSmallModel(*model);
                for (const auto& [adapter, value] : model->adapters().entries()) {
                    QVERIFY2(value.grad().defined(), adapter.c_str());
                    const at::Tensor& wanted = expected.at(adapter);
                    const double error = normOf(value.grad() - wanted);
                    QVERIFY2(error <= 1e-10 * (normOf(wanted) + 1e-6), (name + ": " + adapter).c_str());
                }
                for (const auto& [parameter, value] : model->parameters().entries())
                    QVERIFY2(!value.grad().defined(), parameter.c_str());
            }
        }
    }

    void mergedModelComputesTheSame() {
        for (const auto& [name, shape] : smallShapes()) {
            const auto model = adapted(shape, at::kDouble);
            randomize(model->adapters());
            const TensorMap before = namedTensors(model->parameters());
            const TensorMap merged = mergedWeights(before, namedTensors(model->adapters()));
            BandSplitModel plain(shape, at::kCPU, at::kDouble, 9);
            QVERIFY(plain.parameters().load(merged).complete());
            const at::NoGradGuard noGrad;
            const at::Tensor mixture = smallMixture(at::kDouble);
            const at::Tensor expected = model->forward(mixture);
            const at::Tensor actual = plain.forward(mixture);
            QVERIFY2(normOf(actual - expected) <= 1e-12 * normOf(expected), name.c_str());
            QVERIFY(plain.parameters().load(before).complete());
            QVERIFY(normOf(plain.forward(mixture) - expected) > 1e-3 * normOf(expected));
        }
    }

    /// Sums in float32, products in bf16.
    void bf16StaysCloseToFp32() {
        for (const auto& [name, shape] : smallShapes()) {
            std::vector<at::Tensor> all[2];
            for (const bool rounds : {false, true}) {
                const auto model = adapted(shape, at::kFloat);
                randomize(model->adapters());
                if (rounds)
                    model->setPrecision(at::kBFloat16);
                runSmallModel(*model);
                for (const auto& entry : model->adapters().entries()) {
                    QCOMPARE(entry.value.grad().scalar_type(), at::kFloat);
                    all[rounds].push_back(entry.value.grad().flatten());
                }
            }
            const at::Tensor exact = at::cat(all[0]);
            const at::Tensor rounded = at::cat(all[1]);
            const double cosine = (exact * rounded).sum().item<double>() / (normOf(exact) * normOf(rounded));
            QVERIFY2(cosine > 0.98 && cosine < 1 - 1e-9, (name + ": " + std::to_string(cosine)).c_str());
        }
    }
};

HEADROOM_TEST_MAIN(TestAdapters)
#include "tst_adapters.moc"
