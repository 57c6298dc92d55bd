// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/token_mixer.h"
#include "tests/core/kernels/cuda/emulated_kernels.h"
#include "tests/support/golden_case.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

using namespace headroom;
using namespace headroom::test;

namespace {

MixerShape shapeOf(const nlohmann::json& config) {
    const std::int64_t dim = config["d_model"];
    return {dim, config["expand"].get<std::int64_t>() * dim, config["d_state"], config["headdim"],
            config["d_conv"]};
}

/// Runs mixTokens() as DualPathLayer does, with a forward and a backward side on the same tokens. Each side
/// writes its own half of the output.
/// @return the half of `direction`, [rows, length, d]
at::Tensor runMixer(const at::Tensor& x, const MixerShape& shape, const MixerParameters& mixer,
                    Direction direction) {
    const at::Tensor out = (mixer.outProj.value() * mixer.norm).t();
    const at::Tensor zeros = at::zeros_like(out);
    const std::vector<at::Tensor> outProj{at::cat({out, zeros}, 1), at::cat({zeros, out}, 1)};
    const std::vector<ScanSide> sides{scanSide(mixer, Direction::Forward),
                                      scanSide(mixer, Direction::Backward)};
    const at::Tensor both =
        mixTokens(x, shape, at::cat({mixer.inProj.value(), mixer.inProj.value()}), outProj, sides);
    const std::int64_t first = direction == Direction::Forward ? 0 : shape.modelDim;
    return both.narrow(-1, first, shape.modelDim);
}

void checkMixer(const GoldenCase& golden, GoldenComparison& comparison, Direction direction) {
    ParameterSet parameters;
    Initialization init(parameters, at::kCPU, comparison.dtype(), 0);
    const MixerShape shape = shapeOf(golden.config());
    const MixerParameters mixer = makeMixerParameters(shape, "", init);
    QVERIFY(parameters.load(golden.under("param/")).complete());

    // The golden files have the forward direction. A backward scan of reversed rows gives the same result.
    const auto inScanOrder = [&](const at::Tensor& x) {
        return direction == Direction::Backward ? at::flip(x, {1}) : x;
    };
    const at::Tensor input = comparison.input("input/x").set_requires_grad(true);
    const at::Tensor output = inScanOrder(runMixer(inScanOrder(input), shape, mixer, direction));
    (output * comparison.input("input/r")).sum().backward();

    comparison.check("output/y", output);
    comparison.check("grad/input", input.grad());
    for (const auto& [name, value] : parameters.entries())
        comparison.check("grad/" + name, value.grad());
}

} // namespace

class TestMixerGolden : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void forwardSideMatchesOfficialMixer() {
        runGoldenCases("mamba2_mixer",
                       [](const auto& golden, auto& c) { checkMixer(golden, c, Direction::Forward); });
    }
    void backwardSideMatchesOfficialMixer() {
        runGoldenCases("mamba2_mixer",
                       [](const auto& golden, auto& c) { checkMixer(golden, c, Direction::Backward); });
    }

    /// In float32 by the CUDA kernels around the scan, emulated.
    void kernelsMatchOfficialMixer() {
        EmulatedLauncher launcher = emulatedKernels();
        const KernelLauncherGuard guard(launcher);
        const ScanFormGuard form(ScanForm::CudaKernels);
        forwardSideMatchesOfficialMixer();
        backwardSideMatchesOfficialMixer();
        QVERIFY(launcher.launches().contains("convolveBackward"));
    }
};

HEADROOM_TEST_MAIN(TestMixerGolden)
#include "tst_mixer_golden.moc"
