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

/// Also the cases of RoFormers at full size have gradients.
void checkFirstFrames(const GoldenCase& golden, GoldenComparison& comparison) {
    if (!golden.tensors.contains("output/mask0_first_frames"))
        return;
    const at::NoGradGuard noGrad;
    const auto model = goldenModel(golden, comparison.dtype());
    const at::Tensor tokens = model->bandSplit(model->spectrogram(comparison.input("input/mix")));
    const auto frames = golden.config()["feature_frames"].get<std::int64_t>();
    comparison.check("output/band_split_first_frames", framesFirst(tokens).narrow(1, 0, frames));
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
        runGoldenCases("bsmamba2_full",
                       [](const auto& golden, auto& c) { checkGoldenModel(golden, c, false); });
    }
    void matchesOfficialModelWithRecompute() {
        runGoldenCases("bsmamba2_full",
                       [](const auto& golden, auto& c) { checkGoldenModel(golden, c, true); });
    }
    void matchesOfficialRoformers() {
        for (const char* kind : {"bs_roformer", "mel_band_roformer"}) {
            runGoldenCases(kind, [](const auto& golden, auto& c) {
                checkGoldenModel(golden, c, false);
                checkFirstFrames(golden, c);
            });
        }
    }
    void matchesOfficialRoformersWithRecompute() {
        for (const char* kind : {"bs_roformer", "mel_band_roformer"})
            runGoldenCases(kind, [](const auto& golden, auto& c) { checkGoldenModel(golden, c, true); });
    }
    void matchesOfficialModelAtFullSize() { runGoldenCases("full_size_bands", checkFullBands); }
};

HEADROOM_TEST_MAIN(TestModelGolden)
#include "tst_model_golden.moc"
