// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/cuda_mixer.h"
#include "core/model/model_shape.h"
#include "core/model/scan_form.h"
#include "tests/core/kernels/cuda/emulated_kernels.h"
#include "tests/support/golden_case.h"
#include "tests/support/golden_model.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

namespace {

double magnitude(const at::Tensor& x) {
    return x.to(at::kDouble).norm().item<double>();
}

double relativeError(const at::Tensor& actual, const at::Tensor& expected) {
    return magnitude(actual.to(at::kDouble) - expected.to(at::kDouble)) / (magnitude(expected) + 1e-9);
}

double cosine(const at::Tensor& a, const at::Tensor& b) {
    return (a.to(at::kDouble) * b.to(at::kDouble)).sum().item<double>() / (magnitude(a) * magnitude(b));
}

struct ModelResult {
    at::Tensor wave;
    std::vector<at::Tensor> gradients;
};

ModelResult runModel(const GoldenCase& golden, ScanForm form, at::ScalarType activations,
                     std::int64_t slices) {
    const ScanFormGuard guard(form);
    const auto model = goldenModel(golden, at::kFloat);
    model->setPrecision(activations);
    model->setRecompute({.layers = slices > 0 ? 99 : 0, .slices = slices});
    // A part, since emulation is slow; the widest window of the loss needs 2,049 samples.
    const auto part = [&](const char* name) { return golden.tensors.at(name).narrow(-1, 0, 2200); };
    const at::Tensor wave = model->forward(part("input/mix"));
    goldenLoss(golden.config(), wave, part("input/target")).total.backward();
    ModelResult result{wave.detach(), {}};
    for (const auto& [name, value] : model->parameters().entries())
        result.gradients.push_back(value.grad());
    return result;
}

/// The golden models whose sizes the kernels have.
std::vector<GoldenCase> supportedModels() {
    std::vector<GoldenCase> supported;
    for (const GoldenCase& golden : goldenCases("bsmamba2_full")) {
        const ModelShape shape = goldenModel(golden, at::kFloat)->shape();
        if (!cudaMixerProblem(mixerShape(shape), at::kBFloat16))
            supported.push_back(golden);
    }
    return supported;
}

} // namespace

/// Whole models by our CUDA kernels, emulated, against the official code and against operators.
class TestKernelGolden : public QObject {
    Q_OBJECT

    /// Only float32 has kernels: in float64 all is made of operators.
    static void check(bool recompute) {
        EmulatedLauncher launcher = emulatedKernels();
        const KernelLauncherGuard guard(launcher);
        const ScanFormGuard form(ScanForm::CudaKernels);
        runGoldenCases("bsmamba2_full", [&](const auto& golden, auto& comparison) {
            checkGoldenModel(golden, comparison, recompute);
        });
        for (const char* function : {"convolveBackward", "gatedNormBackward", "transferBackward"})
            QVERIFY2(launcher.launches().contains(function), function);
    }

private Q_SLOTS:
    void matchesOfficialModel() { check(false); }
    void matchesOfficialModelWithRecompute() { check(true); }

    /// In fp32 the whole model's gradients are those of operators up to rounding: 1e-4 of their norm.
    void agreesWithOperatorsInFloat() {
        EmulatedLauncher launcher = emulatedKernels();
        const KernelLauncherGuard guard(launcher);
        for (const GoldenCase& golden : goldenCases("bsmamba2_full")) {
            const ModelResult expected = runModel(golden, ScanForm::Operators, at::kFloat, 0);
            for (const std::int64_t slices : {0, 3}) {
                const ModelResult kernels = runModel(golden, ScanForm::CudaKernels, at::kFloat, slices);
                QVERIFY(relativeError(kernels.wave, expected.wave) < 1e-5);
                for (std::size_t i = 0; i < expected.gradients.size(); ++i) {
                    const double error = relativeError(kernels.gradients[i], expected.gradients[i]);
                    QVERIFY2(error < 1e-4, qPrintable(QStringLiteral("%1, %2 slices, parameter %3: %4")
                                                          .arg(golden.name.c_str())
                                                          .arg(slices)
                                                          .arg(i)
                                                          .arg(error)));
                }
            }
        }
        QVERIFY(launcher.launches().contains("gatedNormBackward"));
    }

    /// A whole model, with and without slices: as close to the exact gradients as operators in bfloat16.
    void isAsExactAsOperatorsInBfloat16() {
        EmulatedLauncher launcher = emulatedKernels();
        const KernelLauncherGuard guard(launcher);
        const auto models = supportedModels();
        QVERIFY(!models.empty());
        for (const GoldenCase& golden : models) {
            const ModelResult exact = runModel(golden, ScanForm::Operators, at::kFloat, 0);
            for (const std::int64_t slices : {0, 3}) {
                const ModelResult kernels = runModel(golden, ScanForm::CudaKernels, at::kBFloat16, slices);
                QVERIFY(relativeError(kernels.wave, exact.wave) < 0.02);
                for (std::size_t i = 0; i < exact.gradients.size(); ++i) {
                    if (exact.gradients[i].numel() == 1)
                        continue; // the sign of a sum near 0 is random
                    const double close = cosine(kernels.gradients[i], exact.gradients[i]);
                    QVERIFY2(close > 0.99, qPrintable(QStringLiteral("%1, %2 slices, parameter %3: cosine %4")
                                                          .arg(golden.name.c_str())
                                                          .arg(slices)
                                                          .arg(i)
                                                          .arg(close)));
                }
            }
        }
        QVERIFY(launcher.launches().contains("scanBackward"));
        QVERIFY(launcher.launches().contains("bandMaskBackward"));
    }
};

HEADROOM_TEST_MAIN(TestKernelGolden)
#include "tst_kernel_golden.moc"
