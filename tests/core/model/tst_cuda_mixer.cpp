// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/model_kind.h"
#include "core/model/band_split_model.h"
#include "core/model/cuda_mixer.h"
#include "core/model/initialization.h"
#include "core/model/model_shape.h"
#include "core/model/scan_form.h"
#include "core/model/token_mixer.h"
#include "tests/core/kernels/cuda/emulated_kernels.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

using namespace headroom;
using namespace headroom::test;

namespace {

struct Case {
    MixerShape shape; ///< d, D, N, P, taps
    std::int64_t rows;
    std::int64_t length;
    std::int64_t outputDim;
};

/// The widths of the projected tokens are 4, 2, 6 and 1 more than a multiple of 8, and a multiple of 8.
std::vector<Case> cases() {
    return {{{24, 128, 16, 32, 4}, 2, 70, 24},
            {{24, 128, 16, 64, 4}, 2, 1, 16},
            {{40, 192, 32, 32, 2}, 1, 130, 24},
            {{16, 128, 64, 64, 3}, 2, 64, 8},
            {{16, 256, 128, 32, 1}, 1, 65, 16}};
}

/// A mixer of both directions, as it is used, with values that bfloat16 represents.
struct Mixer {
    explicit Mixer(const Case& c) : shape(c.shape) {
        const auto random = [](at::IntArrayRef sizes, double size) {
            return at::randn(sizes).mul_(size).to(at::kBFloat16).to(at::kDouble);
        };
        const double width = static_cast<double>(c.shape.modelDim);
        x = random({c.rows, c.length, c.shape.modelDim}, 1);
        gradient = random({c.rows, c.length, c.outputDim}, 1);
        inProj = random({2 * c.shape.projectedDim(), c.shape.modelDim}, 1 / std::sqrt(width));
        const at::NoGradGuard noGrad;
        for (int i = 0; i < 2; ++i) {
            const double inner = static_cast<double>(c.shape.innerDim);
            outProj.push_back(random({c.shape.innerDim, c.outputDim}, 1 / std::sqrt(inner)));
            ParameterSet parameters;
            Initialization init(parameters, at::kCPU, at::kFloat, static_cast<std::uint64_t>(i));
            const MixerParameters made = makeMixerParameters(c.shape, "", init);
            made.d.uniform_(-1, 1);
            made.dtBias.add_(3); // steps large enough that the decays matter
            for (const at::Tensor& tensor : scanSide(made, Direction::Forward).tensors())
                parameters_.push_back(tensor.detach());
        }
    }

    /// The result and the gradients of x, inProj, outProj and the parameters of the sides.
    std::vector<at::Tensor> run(ScanForm form, at::ScalarType activations, Kept kept = Kept::Input) const {
        const auto wide = activations == at::kDouble ? at::kDouble : at::kFloat;
        std::vector<at::Tensor> leaves;
        const auto leaf = [&](const at::Tensor& tensor, at::ScalarType type) {
            return leaves.emplace_back(tensor.to(type, false, true).set_requires_grad(true));
        };
        const at::Tensor input = leaf(x, activations);
        const at::Tensor in = leaf(inProj, activations);
        const std::vector<at::Tensor> out{leaf(outProj[0], activations), leaf(outProj[1], activations)};
        for (const at::Tensor& tensor : parameters_)
            leaf(tensor, wide);
        const at::Tensor* scan = leaves.data() + 4;
        const std::vector<ScanSide> sides{scanSide(scan, Direction::Forward),
                                          scanSide(scan + ScanSide::tensorCount, Direction::Backward)};
        const at::Tensor y = mixTokens(input, shape, in, out, sides, Use::Values, form, kept);
        y.backward(gradient.to(activations));
        std::vector<at::Tensor> results{y.detach()};
        for (const at::Tensor& tensor : leaves)
            results.push_back(tensor.grad());
        return results;
    }

    MixerShape shape;
    at::Tensor x;
    at::Tensor gradient;
    at::Tensor inProj;
    std::vector<at::Tensor> outProj;

private:
    std::vector<at::Tensor> parameters_;
};

double magnitude(const at::Tensor& x) {
    return x.to(at::kDouble).norm().item<double>();
}

double relativeError(const at::Tensor& actual, const at::Tensor& expected) {
    return magnitude(actual.to(at::kDouble) - expected.to(at::kDouble)) / (magnitude(expected) + 1e-9);
}

} // namespace

/// Runs CudaMixer on the CPU, by emulation of its kernels.
class TestCudaMixer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        launcher_.emplace(emulatedKernels());
        guard_.emplace(*launcher_);
    }
    void cleanup() {
        guard_.reset();
        launcher_.reset();
    }

    /// Value and all gradients are as close to float64 as those of LibTorch's operators in bfloat16, which
    /// round more often.
    void isAsExactAsOperators() {
        for (const Case& c : cases()) {
            at::manual_seed(c.length);
            const Mixer mixer(c);
            const auto exact = mixer.run(ScanForm::Operators, at::kDouble);
            const auto operators = mixer.run(ScanForm::Operators, at::kBFloat16);
            const auto kernels = mixer.run(ScanForm::CudaKernels, at::kBFloat16);
            const auto compare = [&](std::size_t i) {
                const double error = relativeError(kernels[i], exact[i]);
                // The numbers of a few heads are sums over all tokens, in which errors do not average out.
                const double rounding = exact[i].numel() > 8 ? 4e-3 : 0.1;
                const double allowed = 1.5 * relativeError(operators[i], exact[i]) + rounding;
                QVERIFY2(error < allowed, qPrintable(QStringLiteral("length %1, tensor %2: %3, not %4")
                                                         .arg(c.length)
                                                         .arg(i)
                                                         .arg(error)
                                                         .arg(allowed)));
            };
            for (std::size_t i = 0; i < exact.size(); ++i) {
                if (exact[i].numel() > 8 || c.length > 1)
                    compare(i);
            }
        }
        QVERIFY(launcher_->launches().size() > 5);
    }

    void givesTheSameBitsTwice() {
        const Mixer mixer(cases()[0]);
        const auto first = mixer.run(ScanForm::CudaKernels, at::kBFloat16);
        const auto second = mixer.run(ScanForm::CudaKernels, at::kBFloat16);
        for (std::size_t i = 0; i < first.size(); ++i)
            QVERIFY(at::equal(first[i], second[i]));
    }

    /// Whatever is kept, the bits are the same, and the backward pass computes the rest.
    void keptActivationsAreNotComputedAgain() {
        for (const Case& c : {cases()[0], cases()[4]}) {
            const Mixer mixer(c);
            const auto expected = mixer.run(ScanForm::CudaKernels, at::kBFloat16);
            for (const Kept kept : {Kept::Projected, Kept::Convolved, Kept::Scanned}) {
                const auto before = launcher_->launches();
                const auto actual = mixer.run(ScanForm::CudaKernels, at::kBFloat16, kept);
                for (std::size_t i = 0; i < expected.size(); ++i)
                    QVERIFY(at::equal(actual[i], expected[i]));
                const auto launches = [&](const char* function) {
                    return launcher_->launches().at(function) - before.at(function);
                };
                // Once for each side, and again in the backward pass if not kept.
                QCOMPARE(launches("convolveForward"), kept >= Kept::Convolved ? 2 : 4);
                QCOMPARE(launches("timeStepsForward"), kept >= Kept::Convolved ? 2 : 4);
                QCOMPARE(launches("scanForward"), kept >= Kept::Scanned ? 2 : 4);
            }
        }
    }

    /// The backward pass alone gives the same gradients and does not run the forward pass.
    void gradientsOnlyNeedNoForwardPass() {
        const Case c = cases()[0];
        const Mixer mixer(c);
        const auto gradient = [&](Use use, at::ScalarType type) {
            const at::Tensor x = mixer.x.to(type).set_requires_grad(true);
            ParameterSet parameters;
            Initialization init(parameters, at::kCPU, at::kFloat, 0);
            const ScanSide side = scanSide(makeMixerParameters(c.shape, "", init), Direction::Forward);
            mixTokens(x, c.shape, mixer.inProj.slice(0, 0, c.shape.projectedDim()).to(type),
                      {mixer.outProj[0].to(type)}, {side}, use, ScanForm::CudaKernels)
                .backward(mixer.gradient.to(type));
            return x.grad();
        };
        const auto launchesForGradients = [&](const char* function, at::ScalarType type) {
            const at::Tensor whole = gradient(Use::Values, type);
            const int before = launcher_->launches().at(function);
            const bool isSame = at::equal(gradient(Use::GradientsOnly, type), whole);
            return isSame ? launcher_->launches().at(function) - before : -1;
        };
        QCOMPARE(launchesForGradients("scanForward", at::kBFloat16), 1);
        QCOMPARE(launchesForGradients("convolveForward", at::kFloat), 1);
        QCOMPARE(launchesForGradients("gatedNormForward", at::kFloat), 0);
    }

    void otherSizesAndTypesUseOperators() {
        const Mixer odd({{8, 36, 8, 12, 4}, 2, 9, 8});
        const auto expected = odd.run(ScanForm::Operators, at::kBFloat16);
        const auto actual = odd.run(ScanForm::CudaKernels, at::kBFloat16);
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(at::equal(actual[i], expected[i]));
        const Mixer wide(cases()[1]);
        wide.run(ScanForm::CudaKernels, at::kDouble);
        QVERIFY(launcher_->launches().empty());
    }

    /// In fp32 the scan itself is made of operators. Value and gradients are as close to float64 as if all
    /// were: at most twice as far, and 1e-4 of their norm for the numbers of a few heads, sums whose terms
    /// cancel.
    void partsAroundTheScanInFloat() {
        std::vector<Case> all = cases();
        all.push_back({{8, 48, 8, 16, 4}, 2, 9, 8});    // sides are 1 more than a multiple of 16 bytes
        all.push_back({{8, 200, 20, 8, 4}, 1, 300, 8}); // several chunks, the last one with padding
        for (const Case& c : all) {
            at::manual_seed(c.length);
            const Mixer mixer(c);
            const auto exact = mixer.run(ScanForm::Operators, at::kDouble);
            const auto operators = mixer.run(ScanForm::Operators, at::kFloat);
            const auto kernels = mixer.run(ScanForm::CudaKernels, at::kFloat);
            for (std::size_t i = 0; i < exact.size(); ++i) {
                const double error = relativeError(kernels[i], exact[i]);
                const double allowed =
                    exact[i].numel() > 32 ? 2 * relativeError(operators[i], exact[i]) + 1e-6 : 1e-4;
                QVERIFY2(
                    error < allowed,
                    qPrintable(QStringLiteral("length %1, tensor %2: %3").arg(c.length).arg(i).arg(error)));
            }
        }
        for (const char* function :
             {"convolveForward", "convolveBackward", "timeStepsForward", "timeStepsBackward",
              "gatedNormForward", "gatedNormBackward", "transferForward", "transferBackward"})
            QVERIFY2(launcher_->launches().contains(function), function);
        QVERIFY(!launcher_->launches().contains("scanForward"));
    }

    /// And in bf16 for sizes that the scan's kernels do not have.
    void partsAroundOtherScans() {
        const Case c{{8, 48, 8, 16, 4}, 2, 70, 8};
        at::manual_seed(c.length);
        const Mixer mixer(c);
        const auto exact = mixer.run(ScanForm::Operators, at::kDouble);
        const auto operators = mixer.run(ScanForm::Operators, at::kBFloat16);
        const auto kernels = mixer.run(ScanForm::CudaKernels, at::kBFloat16);
        for (std::size_t i = 0; i < exact.size(); ++i) {
            const double allowed = 1.5 * relativeError(operators[i], exact[i]) + 4e-3;
            QVERIFY2(relativeError(kernels[i], exact[i]) < allowed, qPrintable(QString::number(i)));
        }
        QVERIFY(launcher_->launches().contains("convolveBackward"));
        QVERIFY(!launcher_->launches().contains("scanForward"));
    }

    void problemNamesTheOption_data() {
        QTest::addColumn<int>("dState");
        QTest::addColumn<int>("headdim");
        QTest::addColumn<int>("dConv");
        QTest::addColumn<int>("hiddenDim");
        QTest::addColumn<QString>("option");
        QTest::newRow("headdim") << 128 << 48 << 4 << 64 << "model.headdim 48";
        QTest::newRow("d_state") << 100 << 64 << 4 << 64 << "model.d_state 100";
        QTest::newRow("d_conv") << 128 << 64 << 5 << 64 << "model.d_conv 5";
        QTest::newRow("hidden_dim") << 128 << 64 << 4 << 60 << "model.hidden_dim 60";
    }
    void problemNamesTheOption() {
        QFETCH(int, dState);
        QFETCH(int, headdim);
        QFETCH(int, dConv);
        QFETCH(QString, option);
        QFETCH(int, hiddenDim);
        const MixerShape shape{hiddenDim, 4L * headdim, dState, headdim, dConv};
        const auto problem = cudaMixerProblem(shape, at::kBFloat16);
        QVERIFY(problem);
        QVERIFY2(problem->find(option.toStdString()) != std::string::npos, problem->c_str());
        QVERIFY(!cudaMixerProblem({64, 256, 128, 64, 4}, at::kBFloat16));
        QVERIFY(cudaMixerProblem({64, 256, 128, 64, 4}, at::kFloat));
    }

    /// On cards without our kernels too: there is nothing to report.
    void roformersHaveNoKernels() {
        RunConfig config;
        QVERIFY(wantsKernels(config.model));
        for (const ModelKind kind : {ModelKind::BsRoformer, ModelKind::MelBandRoformer}) {
            changeModelKind(config, kind);
            QVERIFY(!wantsKernels(config.model));
            QCOMPARE(whyOperators(config, c10::Device(c10::kCUDA, 0)), std::string());
        }
    }

    /// Layers that recompute, that keep nothing and that keep activations, in one model.
    void layersKeepDifferentActivations() {
        RunConfig config;
        config.audio.nFft = 512;
        config.audio.hopLength = 128;
        config.model.hiddenDim = 32;
        config.model.freqsPerBands = {65, 64, 64, 64};
        config.model.numLayers = 3;
        config.model.dState = 16;
        config.model.headdim = 32;
        config.model.expand = 2;
        const auto gradients = [&](const RecomputePlan& plan) {
            const ScanFormGuard guard(ScanForm::CudaKernels);
            BandSplitModel model(modelShape(config), at::kCPU, at::kFloat, 1);
            model.setPrecision(at::kBFloat16);
            model.setRecompute(plan);
            at::manual_seed(2);
            model.forward(at::randn({1, 2, 1100})).square().sum().backward();
            std::vector<at::Tensor> all;
            for (const auto& [name, value] : model.parameters().entries())
                all.push_back(value.grad());
            return all;
        };
        const RecomputePlan recompute{.layers = 1, .slices = 1};
        const auto expected = gradients(recompute);
        const int before = launcher_->launches().at("scanForward");
        gradients(recompute);
        const int usual = launcher_->launches().at("scanForward") - before;
        RecomputePlan keeping = recompute;
        keeping.firstKept = 2;
        keeping.kept = Kept::Scanned;
        const int beforeKeeping = launcher_->launches().at("scanForward");
        const auto actual = gradients(keeping);
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(at::equal(actual[i], expected[i]));
        // The two blocks of the last layer scan in two directions, only in the forward pass.
        QCOMPARE(launcher_->launches().at("scanForward") - beforeKeeping, usual - 4);
        keeping.firstKept = 0; // the first layer recomputes all the same
        gradients(keeping);
    }

private:
    std::optional<EmulatedLauncher> launcher_;
    std::optional<KernelLauncherGuard> guard_;
};

HEADROOM_TEST_MAIN(TestCudaMixer)
#include "tst_cuda_mixer.moc"
