// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/dsp/band_plan.h"
#include "core/model/attention.h"
#include "core/model/band_split_model.h"
#include "core/model/derived_tensors.h"
#include "core/model/dropout.h"
#include "core/model/model_outline.h"
#include "core/model/positions.h"
#include "core/model/weights_fit.h"
#include "core/support/error.h"
#include "tests/support/golden_model.h"
#include "tests/support/strict_main.h"

#include <ATen/core/grad_mode.h>

using namespace headroom;
using namespace headroom::test;

namespace {

ModelShape smallShape(ModelKind kind) {
    ModelShape shape;
    shape.kind = kind;
    shape.hiddenDim = 8;
    shape.numLayers = 2;
    shape.attentionHeads = 2;
    shape.headWidth = 4;
    shape.nFft = 64;
    shape.hopLength = 16;
    shape.maskExpansion = 2;
    if (kind == ModelKind::MelBandRoformer)
        setMelBands(shape, 4, 8000);
    else
        shape.bands = {3, 3, 5, 11, 11};
    return shape;
}

constexpr ModelKind roformers[] = {ModelKind::BsRoformer, ModelKind::MelBandRoformer};

NamedTensors tensorsOf(const BandSplitModel& model) {
    NamedTensors tensors;
    for (const auto& [name, value] : model.parameters().entries())
        tensors.emplace(name, value.detach());
    return tensors;
}

std::string refusal(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

at::Tensor gradientOf(BandSplitModel& model, const at::Tensor& mixture) {
    model.forward(mixture).sum().backward();
    at::Tensor& gradient = model.parameters().at("layers.0.0.layers.0.0.to_qkv.weight").mutable_grad();
    const at::Tensor found = gradient.clone();
    for (const auto& entry : model.parameters().entries())
        entry.value.mutable_grad() = at::Tensor();
    return found;
}

} // namespace

class TestRoformer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Widely used weights: all names and shapes.
    void hasParametersOfPublishedModels() {
        int files = 0;
        for (const auto& entry :
             std::filesystem::directory_iterator(HEADROOM_TEST_DATA "/golden/roformers")) {
            const auto json = nlohmann::json::parse(std::ifstream(entry.path()));
            const std::string name = entry.path().filename().string();
            nlohmann::json config = json["config"];
            if (!config.contains("stft_n_fft")) // left at its default, as the bands are
                config.update({{"stft_n_fft", 2048}, {"freqs_per_bands", bandPlan(62)}});
            const ModelShape shape = goldenShape(config);
            const BandSplitModel model(shape, at::kMeta, at::kFloat, 0);
            QCOMPARE(model.parameters().elements(), json["learned_parameters"].get<std::int64_t>());
            NamedTensors published;
            for (const auto& [tensor, sizes] : json["state_dict"].items())
                published.emplace(
                    tensor, at::empty(sizes.get<std::vector<std::int64_t>>(), at::TensorOptions(at::kMeta)));
            QVERIFY2(compareWeights(published, shape).complete(), name.c_str());
            QCOMPARE(outlineOf(published), outlineOf(shape));
            requireFit(published, shape, name, {});
            ++files;
        }
        QVERIFY(files >= 9);
    }

    void readsShapesFromConfigurations() {
        const ModelShape bs = modelShape(parseConfig("model:\n  kind: bs_roformer\n  mask_layers: 1\n", "a"));
        QCOMPARE(bs.bands, modelShape(RunConfig{}).bands);
        QCOMPARE(bs.maskLayers, 1);
        QVERIFY(bs.overlappingStarts.empty());
        const ModelShape mel = modelShape(parseConfig("model:\n  kind: mel_band_roformer\n", "a"));
        QCOMPARE(mel.bands.size(), std::size_t{60});
        QCOMPARE(mel.overlappingStarts[1], std::int64_t{4});
        QVERIFY(refusal([] {
                    modelShape(parseConfig("model:\n  kind: mel_band_roformer\n  num_bands: 400\n", "a"));
                }).find("holds no bin") != std::string::npos);
    }

    void mapsSilenceToSilence() {
        const at::NoGradGuard noGrad;
        for (const ModelKind kind : roformers) {
            const BandSplitModel model(smallShape(kind), at::kCPU, at::kFloat, 1);
            QVERIFY(model.forward(at::zeros({1, 2, 200})).eq(0).all().item<bool>());
        }
    }

    void processesExamplesIndependently() {
        const at::NoGradGuard noGrad;
        for (const ModelKind kind : roformers) {
            ModelShape shape = smallShape(kind);
            shape.linearDepth = 1;
            const BandSplitModel model(shape, at::kCPU, at::kDouble, 1);
            const at::Tensor mixture = at::randn({3, 2, 175}, at::kDouble);
            const at::Tensor all = model.forward(mixture);
            QVERIFY(all.sizes() == at::IntArrayRef({3, 1, 2, 175}));
            for (std::int64_t i = 0; i < 3; ++i)
                QVERIFY(
                    at::allclose(all.narrow(0, i, 1), model.forward(mixture.narrow(0, i, 1)), 1e-9, 1e-12));
        }
    }

    /// More positions than weights of one block of attention.
    void attendsInBlocks() {
        const std::int64_t length = 1500;
        AttentionHeads whole{
            at::randn({1, 3, length, 4}, at::kDouble), at::randn({1, 3, length, 4}, at::kDouble),
            at::randn({1, 3, length, 4}, at::kDouble), at::randn({1, 3, length, 1}, at::kDouble)};
        const at::Tensor attended = attend(whole, 0.5, {});
        const at::Tensor weights = at::softmax(at::matmul(whole.q, whole.k.transpose(2, 3)) * 0.5, -1);
        const at::Tensor expected = at::matmul(weights, whole.v) * at::sigmoid(whole.gate);
        QVERIFY(at::allclose(attended, expected.transpose(1, 2).flatten(2), 1e-10, 1e-12));
    }

    void dropoutDependsOnSeedAndRecomputesTheSame() {
        ModelShape shape = smallShape(ModelKind::BsRoformer);
        shape.attentionDropout = 0.2;
        shape.feedForwardDropout = 0.3;
        BandSplitModel model(shape, at::kCPU, at::kDouble, 1);
        const at::Tensor mixture = at::randn({2, 2, 200}, at::kDouble);
        const at::Tensor without = model.forward(mixture).detach();
        model.setDropoutSeed(5);
        const at::Tensor some = model.forward(mixture).detach();
        QVERIFY(!at::allclose(some, without));
        QVERIFY(at::equal(some, model.forward(mixture).detach()));
        {
            const at::NoGradGuard noGrad;
            QVERIFY(at::allclose(model.forward(mixture), without, 1e-9, 1e-12));
        }
        const at::Tensor gradient = gradientOf(model, mixture);
        model.setRecompute({.layers = 2, .slices = 1});
        QVERIFY(at::allclose(gradientOf(model, mixture), gradient, 1e-9, 1e-12));
        model.setDropoutSeed(6);
        QVERIFY(!at::allclose(model.forward(mixture).detach(), some));
    }

    /// The gradients of a model with dropout, against differences of its values.
    void dropoutHasTheRightGradient() {
        ModelShape shape = smallShape(ModelKind::MelBandRoformer);
        shape.attentionDropout = shape.feedForwardDropout = 0.25;
        BandSplitModel model(shape, at::kCPU, at::kDouble, 1);
        model.setDropoutSeed(3);
        model.setRecompute({.layers = 2, .slices = 3});
        const at::Tensor mixture = at::randn({1, 2, 200}, at::kDouble);
        const at::Tensor gradient = gradientOf(model, mixture);
        const at::Tensor parameter = model.parameters().at("layers.0.0.layers.0.0.to_qkv.weight").detach();
        const at::Tensor direction = at::randn_like(parameter);
        const double step = 1e-6;
        parameter.add_(direction, step);
        const double above = model.forward(mixture).sum().item<double>();
        parameter.add_(direction, -2 * step);
        const double below = model.forward(mixture).sum().item<double>();
        const double expected = (gradient * direction).sum().item<double>();
        QVERIFY(std::abs((above - below) / (2 * step) - expected) < 1e-5 * std::abs(expected) + 1e-7);
    }

    void dropoutKeepsTheMean() {
        const at::Tensor mask = dropoutMask(at::empty({1000, 1000}), {0.3, 7});
        QVERIFY(std::abs(mask.mean().item<double>() - 1) < 0.01);
        QVERIFY(std::abs(mask.eq(0).to(at::kDouble).mean().item<double>() - 0.3) < 0.01);
        QVERIFY(!at::equal(mask, dropoutMask(mask, Dropout{0.3, 7}.part(0))));
    }

    void refusesOtherKinds() {
        const BandSplitModel bs(smallShape(ModelKind::BsRoformer), at::kCPU, at::kFloat, 1);
        const BandSplitModel mel(smallShape(ModelKind::MelBandRoformer), at::kCPU, at::kFloat, 1);
        requireKind(tensorsOf(bs), ModelKind::BsRoformer, "a");
        requireKind(tensorsOf(mel), ModelKind::MelBandRoformer, "a");
        const std::string text =
            refusal([&] { requireKind(tensorsOf(mel), ModelKind::BsRoformer, "mel.safetensors"); });
        QVERIFY2(text.find("mel.safetensors: these are the weights of a Mel-Band RoFormer") == 0 &&
                     text.find("model.kind: mel_band_roformer") != std::string::npos,
                 text.c_str());
        QVERIFY(!refusal([&] { requireKind(tensorsOf(bs), ModelKind::BsMamba2, "a"); }).empty());
    }

    void checksFrequenciesAndSharedBiases() {
        ModelShape shape = smallShape(ModelKind::BsRoformer);
        const std::string rotary = "layers.1.0.layers.0.0.rotary_embed.freqs";
        QVERIFY(isDerivedTensor(rotary, shape));
        const at::Tensor right = rotaryFrequencies(shape.headWidth);
        checkDerivedTensors({{rotary, right.to(at::kHalf)}}, shape, "a");
        QVERIFY(!refusal([&] { checkDerivedTensors({{rotary, right * 1.1}}, shape, "a"); }).empty());
        QVERIFY(!refusal([&] { checkDerivedTensors({{rotary, at::ones({3})}}, shape, "a"); }).empty());

        shape.polarPositions = true;
        const std::string first = "layers.0.1.layers.0.0.pope_embed.bias";
        const std::string later = "layers.1.1.layers.0.0.pope_embed.bias";
        QVERIFY(!isDerivedTensor(first, shape) && isDerivedTensor(later, shape));
        QVERIFY(!isDerivedTensor(rotary, shape));
        const BandSplitModel model(shape, at::kMeta, at::kFloat, 0);
        QVERIFY(model.parameters().contains(first) && !model.parameters().contains(later));
        const at::Tensor bias = at::randn({2, 4});
        checkDerivedTensors({{first, bias}, {later, bias.clone()}}, shape, "a");
        QVERIFY(!refusal([&] {
                     checkDerivedTensors({{first, bias}, {later, bias + 1}}, shape, "a");
                 }).empty());
        checkDerivedTensors({{"layers.0.0.layers.0.0.pope_embed.inv_freqs", polarFrequencies(4)}}, shape,
                            "a");
    }
};

HEADROOM_TEST_MAIN(TestRoformer)
#include "tst_roformer.moc"
