// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/golden_case.h"
#include "tests/support/golden_model.h"
#include "tests/support/strict_main.h"

#include <ATen/core/grad_mode.h>

using namespace headroom;
using namespace headroom::test;

namespace {

/// Tokens [bands, batch, frames, d] in the order of the golden files, [batch, frames, bands, d].
at::Tensor framesFirst(const at::Tensor& tokens) {
    return tokens.permute({1, 2, 0, 3});
}

/// Mask [batch, channels, frames, bins] in the order of the golden files,
/// [batch, frames, bins * channels * 2].
at::Tensor flatMask(const at::Tensor& mask) {
    return at::view_as_real(mask).permute({0, 2, 3, 1, 4}).flatten(2);
}

void checkModel(const GoldenCase& golden, GoldenComparison& comparison, bool recompute) {
    const auto model = goldenModel(golden, comparison.dtype());
    model->setRecompute({.layers = recompute ? 99 : 0, .slices = 3});
    const at::Tensor wave = model->forward(comparison.input("input/mix"));
    comparison.check("output/wave", wave);

    const GoldenLoss loss = goldenLoss(wave, comparison.input("input/target"));
    const auto& scalars = golden.json["scalars"];
    comparison.check("loss", loss.total.item<double>(), scalars["loss"]);
    comparison.check("l1", loss.l1.item<double>(), scalars["l1"]);
    comparison.check("mr_stft", loss.multiResolution.item<double>(), scalars["mr_stft"]);

    loss.total.backward();
    for (const auto& [name, value] : model->parameters().entries())
        comparison.check("grad/" + name, value.grad());
}

void checkFullBands(const GoldenCase& golden, GoldenComparison& comparison) {
    const at::NoGradGuard noGrad;
    const auto model = goldenModel(golden, comparison.dtype());
    const at::Tensor mixture = comparison.input("input/mix");
    const auto first = [](const at::Tensor& x, const nlohmann::json& frames) {
        return x.narrow(1, 0, frames.get<std::int64_t>());
    };
    const auto& config = golden.config();
    const at::Tensor tokens = model->bandSplit(model->spectrogram(mixture));
    const at::Tensor features = model->dualPath(tokens);
    comparison.check("output/band_split_first_frames", first(framesFirst(tokens), config["feature_frames"]));
    comparison.check("inter/features_first_frames", first(framesFirst(features), config["feature_frames"]));
    const at::Tensor mask = model->mask(features, 0);
    comparison.check("output/mask_first_frames", first(flatMask(mask), config["mask_frames"]));
    comparison.check("output/wave", model->forward(mixture));
}

} // namespace

class TestModelGolden : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesOfficialModel() {
        runGoldenCases("bsmamba2_full", [](const auto& golden, auto& c) { checkModel(golden, c, false); });
    }
    void matchesOfficialModelWithRecompute() {
        runGoldenCases("bsmamba2_full", [](const auto& golden, auto& c) { checkModel(golden, c, true); });
    }
    void matchesOfficialModelAtFullSize() { runGoldenCases("full_size_bands", checkFullBands); }
};

HEADROOM_TEST_MAIN(TestModelGolden)
#include "tst_model_golden.moc"
