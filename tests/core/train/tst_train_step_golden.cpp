// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/train_step.h"
#include "tests/support/golden_case.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;
using Json = nlohmann::json;

namespace {

RunConfig goldenConfig(const Json& golden) {
    RunConfig config;
    config.audio.channels = golden["stereo"].get<bool>() ? 2 : 1;
    config.audio.nFft = golden["stft_n_fft"];
    config.audio.hopLength = golden["stft_hop_length"];
    config.model.hiddenDim = golden["dim"];
    config.model.numLayers = golden["depth"];
    config.model.dState = golden["d_state"];
    config.model.dConv = golden["d_conv"];
    config.model.expand = golden["expand"];
    config.model.headdim = golden["headdim"];
    config.model.freqsPerBands = golden["freqs_per_bands"].get<std::vector<int>>();
    config.model.numSubbands = static_cast<int>(config.model.freqsPerBands.size());
    config.training.precision = Precision::Fp32;
    config.training.gradClip = golden["clip_grad_norm"];
    config.training.emaDecay = 0.999;
    config.training.weightDecay = 0.01;
    return config;
}

/// Compares the tensors that the golden file has under `prefix`, such as "after5/".
void checkStored(const GoldenCase& golden, GoldenComparison& comparison, const std::string& prefix,
                 const TensorMap& actual) {
    const auto stored = golden.under(prefix);
    QVERIFY(stored.empty() || stored.size() == golden.under("param/").size());
    for (const auto& [name, value] : stored)
        comparison.check(prefix + name, actual.at(name));
}

void checkTrajectory(const GoldenCase& golden, GoldenComparison& comparison) {
    const Json& config = golden.config();
    const Json& scalars = golden.json["scalars"];
    TrainStep step(goldenConfig(config), at::kCPU, comparison.dtype());
    QVERIFY(step.initialize(golden.under("param/")).complete());

    const at::Tensor mixtures = comparison.input("input/mix");
    const at::Tensor targets = comparison.input("input/target");
    const std::int64_t groupSize = config["accumulate"];
    const std::int64_t updates = config["steps"];
    QCOMPARE(mixtures.size(0), groupSize * updates);
    for (std::int64_t update = 0; update < updates; ++update) {
        for (std::int64_t i = update * groupSize; i < (update + 1) * groupSize; ++i) {
            const at::Tensor loss =
                step.forwardBackward(mixtures[i], targets[i], 1.0 / static_cast<double>(groupSize));
            comparison.check("micro_loss", loss.item<double>(), scalars["micro_loss"][i]);
        }
        const auto number = std::to_string(update + 1);
        checkStored(golden, comparison, "grad" + number + "/", step.state().group);
        const auto result = step.update(5e-4);
        comparison.check("grad_norm", result.gradNorm.item<double>(), scalars["grad_norm"][update]);
        QCOMPARE(result.nonFinite.item<float>(), 0.0F);
        checkStored(golden, comparison, "after" + number + "/", step.state().weights);
        checkStored(golden, comparison, "ema" + number + "/", step.state().ema);
    }
}

} // namespace

class TestTrainStepGolden : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesOfficialTrajectory() { runGoldenCases("adamw", checkTrajectory); }
    void matchesOfficialLoss() {
        runGoldenCases("bsmamba2_full", [](const GoldenCase& golden, GoldenComparison& comparison) {
            const Json& scalars = golden.json["scalars"];
            const at::Tensor estimate = comparison.input("output/wave");
            const at::Tensor target = comparison.input("input/target");
            const auto loss = [&](const LossConfig& config) {
                return SeparationLoss(config, estimate.options())(estimate, target).item<double>();
            };
            comparison.check("loss", loss({}), scalars["loss"]);
            comparison.check("l1", loss({.lambdaTime = 1, .stftWindows = {}}), scalars["l1"]);
            for (const auto& [window, value] : scalars["mr_stft_by_window"].items())
                comparison.check("mr_stft " + window,
                                 loss({.lambdaTime = 0, .stftWindows = {std::stoi(window)}}), value);
        });
    }
};

HEADROOM_TEST_MAIN(TestTrainStepGolden)
#include "tst_train_step_golden.moc"
