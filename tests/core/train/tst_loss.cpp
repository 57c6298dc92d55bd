// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/loss.h"
#include "tests/core/kernels/cuda/emulated_kernels.h"
#include "tests/support/golden_case.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

using namespace headroom;
using namespace headroom::test;

namespace {

/// Reference implementation with at::stft and autograd.
at::Tensor reference(const LossConfig& config, const at::Tensor& estimate, const at::Tensor& target) {
    const auto stft = [&](const at::Tensor& signal, std::int64_t window) {
        return at::stft(signal.flatten(0, -2), std::max<std::int64_t>(window, 2048), config.stftHop, window,
                        at::hann_window(window, signal.options()), /*center=*/true, "reflect",
                        /*normalized=*/false,
                        /*onesided=*/true, /*return_complex=*/true);
    };
    const at::Tensor error = estimate - target;
    at::Tensor loss = config.lambdaTime * (config.timeError == TimeError::MeanModulus
                                               ? error.abs().mean()
                                               : error.square().mean(-1).sqrt().mean());
    for (const std::int64_t window : config.stftWindows)
        loss = loss + (stft(estimate, window) - stft(target, window)).abs().mean();
    return loss;
}

at::Tensor noise(at::IntArrayRef shape, std::uint64_t seed) {
    return at::randn(shape, at::detail::createCPUGenerator(seed), at::TensorOptions(at::kDouble)) * 0.1;
}

struct Result {
    at::Tensor value;
    at::Tensor gradient;
};

Result evaluate(const at::Tensor& estimate, const std::function<at::Tensor(const at::Tensor&)>& loss) {
    const at::Tensor leaf = estimate.clone().requires_grad_();
    const at::Tensor value = loss(leaf);
    (3 * value).backward();
    return {value.detach(), leaf.grad()};
}

void compare(const LossConfig& config, const std::vector<std::int64_t>& shape) {
    const at::Tensor estimate = noise(shape, 1);
    const at::Tensor target = noise(shape, 2);
    const SeparationLoss loss(config, estimate.options());
    const auto actual = evaluate(estimate, [&](const at::Tensor& e) { return loss(e, target); });
    const auto expected =
        evaluate(estimate, [&](const at::Tensor& e) { return reference(config, e, target); });
    QVERIFY(at::allclose(actual.value, expected.value, 1e-12, 0));
    QVERIFY((actual.gradient - expected.gradient).abs().max().item<double>() <
            1e-12 * expected.gradient.abs().max().item<double>());
}

} // namespace

class TestLoss : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesDefinition_data() {
        QTest::addColumn<std::vector<int>>("windows");
        QTest::addColumn<int>("hop");
        QTest::addColumn<std::vector<std::int64_t>>("shape");
        const std::vector<int> usual = LossConfig().stftWindows;
        QTest::newRow("short") << usual << 147 << std::vector<std::int64_t>{2, 1, 1, 2500};
        QTest::newRow("multiple of the hop") << usual << 147 << std::vector<std::int64_t>{1, 2, 2, 147 * 20};
        QTest::newRow("several blocks") << usual << 147 << std::vector<std::int64_t>{2, 1, 2, 60000};
        QTest::newRow("odd windows") << std::vector<int>{301, 2049} << 100
                                     << std::vector<std::int64_t>{2, 4000};
        QTest::newRow("hop beyond the window")
            << std::vector<int>{64} << 500 << std::vector<std::int64_t>{1, 4000};
        QTest::newRow("no windows") << std::vector<int>{} << 147 << std::vector<std::int64_t>{1, 1, 1, 10};
    }
    void matchesDefinition() {
        QFETCH(std::vector<int>, windows);
        QFETCH(int, hop);
        QFETCH(std::vector<std::int64_t>, shape);
        for (const TimeError timeError : {TimeError::MeanModulus, TimeError::RootMeanSquare})
            compare({.lambdaTime = 7, .timeError = timeError, .stftWindows = windows, .stftHop = hop}, shape);
    }
    /// In float32, up to its rounding.
    void kernelsMatchDefinition() {
        EmulatedLauncher launcher = emulatedKernels();
        const KernelLauncherGuard guard(launcher);
        const LossConfig config{.lambdaTime = 7, .stftWindows = {301, 2048, 2500}};
        const at::Tensor estimate = noise({2, 1, 2, 9000}, 1).to(at::kFloat);
        const at::Tensor target = noise({2, 1, 2, 9000}, 2).to(at::kFloat);
        const SeparationLoss loss(config, estimate.options());
        const auto actual =
            evaluate(estimate, [&](const at::Tensor& e) { return loss(e, target, ScanForm::CudaKernels); });
        const auto expected = evaluate(estimate.to(at::kDouble), [&](const at::Tensor& e) {
            return reference(config, e, target.to(at::kDouble));
        });
        QVERIFY(at::allclose(actual.value.to(at::kDouble), expected.value, 1e-6, 0));
        QVERIFY((actual.gradient - expected.gradient).norm().item<double>() <
                1e-5 * expected.gradient.norm().item<double>());
        QVERIFY(launcher.launches().at("sumModuli") >= 3 && launcher.launches().at("addFrames") >= 3);
        // Without gradients the same value.
        QVERIFY(loss(estimate, target, ScanForm::CudaKernels).equal(actual.value));
    }
    void isZeroForPerfectEstimate() {
        const at::Tensor target = noise({1, 1, 2, 5000}, 3);
        for (const TimeError timeError : {TimeError::MeanModulus, TimeError::RootMeanSquare}) {
            const SeparationLoss loss({.timeError = timeError}, target.options());
            const auto result = evaluate(target, [&](const at::Tensor& e) { return loss(e, target); });
            QCOMPARE(result.value.item<double>(), 0.0);
            QVERIFY(at::equal(result.gradient, at::zeros_like(target)));
        }
    }
    void propagatesNan() {
        const at::Tensor target = at::zeros({1, 1, 1, 5000});
        at::Tensor estimate = at::zeros_like(target);
        estimate.view(-1)[100] = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(at::isnan(SeparationLoss({}, target.options())(estimate, target)).item<bool>());
    }
    void needsNoGraphWithoutGradients() {
        const at::Tensor signal = noise({1, 1, 1, 5000}, 4);
        const at::Tensor loss = SeparationLoss({}, signal.options())(signal, at::zeros_like(signal));
        QVERIFY(!loss.requires_grad());
        QVERIFY(loss.item<double>() > 0);
    }
    /// The loss of RoFormers, window by window, because the cases weight them.
    void matchesOfficialRoformers() {
        runGoldenCases("loss", [](const GoldenCase& golden, GoldenComparison& comparison) {
            const auto& config = golden.config();
            const std::int64_t shortest = config["stft_n_fft"];
            const at::Tensor estimate = comparison.input("input/estimate").requires_grad_();
            const at::Tensor target = comparison.input("input/target");
            const auto part = [&](const LossConfig& ofPart) {
                return SeparationLoss(ofPart, target.options(), shortest)(estimate, target);
            };
            at::Tensor sum = part({.lambdaTime = 1, .stftWindows = {}});
            comparison.check("l1", sum.item<double>(), golden.json["scalars"]["l1"]);
            for (const int window : config["multi_stft_resolutions_window_sizes"]) {
                double weight = config["multi_stft_resolution_loss_weight"];
                if (config["multi_stft_normalized"])
                    weight /= std::sqrt(std::max<double>(window, static_cast<double>(shortest)));
                sum = sum + weight * part({.lambdaTime = 0,
                                           .stftWindows = {window},
                                           .stftHop = config["multi_stft_hop_size"]});
            }
            comparison.check("loss", sum.item<double>(), golden.json["scalars"]["loss"]);
            sum.backward();
            comparison.check("grad/estimate", estimate.grad());
        });
    }
    void rejectsTooShortSegments() {
        const at::Tensor signal = at::zeros({1, 1, 1, 2048});
        const SeparationLoss loss({}, signal.options());
        QVERIFY_THROWS_EXCEPTION(Error, loss(signal, signal));
    }
};

HEADROOM_TEST_MAIN(TestLoss)
#include "tst_loss.moc"
