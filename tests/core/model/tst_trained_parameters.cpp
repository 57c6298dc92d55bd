// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/parameter_prefix.h"
#include "core/model/trained_parameters.h"
#include "core/support/error.h"
#include "tests/core/model/small_models.h"
#include "tests/support/small_config.h"
#include "tests/support/strict_main.h"

#include <algorithm>

using namespace headroom;
using namespace headroom::test;

namespace {

TrainingConfig freezing(std::vector<std::string> prefixes, int rank = 0) {
    TrainingConfig config;
    config.freeze = std::move(prefixes);
    config.loraRank = rank;
    return config;
}

std::string refusal(const TrainingConfig& training) {
    RunConfig config = smallConfig();
    config.training.freeze = training.freeze;
    config.training.loraRank = training.loraRank;
    try {
        requireTrainable(config);
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Input ? error.message() : "wrong kind";
    }
    return {};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The gradients of the model by name, without those that are not there.
TensorMap gradients(const ModelShape& shape, const TrainingConfig& config, const RecomputePlan& plan) {
    BandSplitModel model(shape, at::kCPU, at::kDouble, 1, adapterOptions(config));
    randomize(model.adapters());
    trainedParameters(model, config);
    model.setRecompute(plan);
    runSmallModel(model);
    TensorMap found;
    for (const ParameterSet* set : {&model.parameters(), &model.adapters()}) {
        for (const auto& [name, value] : set->entries()) {
            if (value.grad().defined())
                found[name] = value.grad();
        }
    }
    return found;
}

} // namespace

class TestTrainedParameters : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void prefixesAreWholeParts() {
        QVERIFY(hasPrefix("layers.1.0.norm", "layers.1"));
        QVERIFY(hasPrefix("layers.1.0.norm", "layers.1."));
        QVERIFY(hasPrefix("final_norm.gamma", "final_norm.gamma"));
        QVERIFY(!hasPrefix("layers.10.0.norm", "layers.1"));
        QVERIFY(!hasPrefix("layers.1", "layers.1.0"));
        QVERIFY(!hasPrefix("layers.1", ""));
        QVERIFY(!hasPrefix("band_split.x", "layers"));
    }

    void areAllWithoutOptions() {
        BandSplitModel model(smallShapes().front().shape, at::kCPU, at::kFloat, 1);
        const ParameterSet trained = trainedParameters(model, {});
        QCOMPARE(trained.size(), model.parameters().size());
        for (std::size_t i = 0; i < trained.size(); ++i) {
            QCOMPARE(trained.entries()[i].name, model.parameters().entries()[i].name);
            QVERIFY(trained.entries()[i].value.is_same(model.parameters().entries()[i].value));
            QVERIFY(trained.entries()[i].value.requires_grad());
        }
    }

    void areTheAdaptersWithARank() {
        const TrainingConfig config = freezing({}, 2);
        BandSplitModel model(smallShapes()[1].shape, at::kCPU, at::kFloat, 1, adapterOptions(config));
        const ParameterSet trained = trainedParameters(model, config);
        QCOMPARE(trained.size(), model.adapters().size());
        for (const auto& entry : trained.entries())
            QVERIFY(model.adapters().contains(entry.name) && entry.value.requires_grad());
        for (const auto& entry : model.parameters().entries())
            QVERIFY(!entry.value.requires_grad());
    }

    void refusesWhatCannotBeTrained() {
        QCOMPARE(refusal(freezing({})), std::string());
        QCOMPARE(refusal(freezing({"band_split", "layers.0.0"})), std::string());
        QCOMPARE(refusal(freezing({"band_split", "layers"}, 2)), std::string());
        const std::string unknown = refusal(freezing({"band_split", "layers.7"}));
        QVERIFY2(contains(unknown, "'layers.7'") && contains(unknown, "mask_estimators"), unknown.c_str());
        QVERIFY(contains(refusal(freezing({"layers.0.0.forward_blocks.0.mix"})), "forward_blocks"));
        QVERIFY(contains(refusal(freezing({""})), "training.freeze"));
        const std::string all = refusal(freezing({"band_split", "layers", "final_norm", "mask_estimators"}));
        QVERIFY2(contains(all, "nothing to train"), all.c_str());
        const std::string adapters = refusal(freezing({"layers", "mask_estimators"}, 2));
        QVERIFY2(contains(adapters, "adapter"), adapters.c_str());
    }

    /// Freezing changes no gradient of what is trained, whatever is recomputed, and the rest has none.
    void frozenParametersHaveNoGradient() {
        const std::vector<std::vector<std::string>> choices = {
            {"band_split"},
            {"band_split", "layers.0"},
            {"layers.0", "layers.1"},
            {"layers.1"},
            {"layers.2"},
            {"layers"},
            {"layers", "band_split"},
            {"mask_estimators"},
            {"mask_estimators.1", "layers.2.1"},
            {"mask_estimators.0.to_freqs.1", "band_split.to_features.0"},
            {"mask_estimators", "layers.1", "layers.2"}};
        for (const auto& [name, shape] : smallShapes()) {
            for (const int rank : {0, 2}) {
                const TensorMap all = gradients(shape, freezing({}, rank), {});
                for (const std::vector<std::string>& frozen : choices) {
                    for (const RecomputePlan& plan :
                         {RecomputePlan{}, {.layers = 3, .slices = 3}, {.layers = 1, .slices = 2}}) {
                        const TensorMap found = gradients(shape, freezing(frozen, rank), plan);
                        std::size_t trained = 0;
                        for (const auto& [parameter, gradient] : all) {
                            const bool isFrozen = hasAnyPrefix(parameter, frozen);
                            QVERIFY2(found.contains(parameter) != isFrozen, parameter.c_str());
                            trained += isFrozen ? 0 : 1;
                            if (isFrozen || rank > 0) // without some adapters it is another model
                                continue;
                            const double error = normOf(found.at(parameter) - gradient);
                            QVERIFY2(error <= 1e-10 * (normOf(gradient) + 1e-6),
                                     (name + ": " + parameter + " without " + frozen.front()).c_str());
                        }
                        QCOMPARE(found.size(), trained);
                    }
                }
            }
        }
    }
};

HEADROOM_TEST_MAIN(TestTrainedParameters)
#include "tst_trained_parameters.moc"
