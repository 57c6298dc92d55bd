// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/train_step.h"
#include "tests/core/kernels/cuda/emulated_kernels.h"
#include "tests/support/small_config.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <limits>

using namespace headroom;
using namespace headroom::test;

Q_DECLARE_METATYPE(headroom::RunConfig)

namespace {

struct Example {
    at::Tensor mixture;
    at::Tensor targets;
};

Example example(std::int64_t number) {
    const auto generator = at::detail::createCPUGenerator(static_cast<std::uint64_t>(number));
    const at::Tensor stems = at::randn({2, 2, 1, 1100}, generator, at::TensorOptions(at::kFloat)) * 0.1;
    return {stems.sum(1), stems.narrow(1, 0, 1).contiguous()};
}

at::Tensor run(TrainStep& step, std::int64_t number, double weight = 1) {
    const Example data = example(number);
    return step.forwardBackward(data.mixture, data.targets, weight);
}

TrainStep::State copyOf(const TrainStep& step) {
    TrainStep::State copy = step.state();
    for (TensorMap* part : {&copy.weights, &copy.ema, &copy.optimizer, &copy.group}) {
        for (auto& [name, value] : *part)
            value = value.detach().clone();
    }
    return copy;
}

bool bitEqual(const TensorMap& a, const TensorMap& b) {
    return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const auto& item) {
               return b.contains(item.first) && at::equal(item.second, b.at(item.first));
           });
}

bool bitEqual(const TrainStep::State& a, const TrainStep::State& b) {
    return bitEqual(a.weights, b.weights) && bitEqual(a.ema, b.ema) && bitEqual(a.optimizer, b.optimizer) &&
           bitEqual(a.group, b.group);
}

} // namespace

class TestTrainStep : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reducesLoss() {
        TrainStep step(smallConfig(), at::kCPU);
        const double first = run(step, 0).item<double>();
        step.update(1e-3);
        double last = 0;
        for (int i = 0; i < 20; ++i) {
            last = run(step, 0).item<double>();
            step.update(1e-3);
        }
        QVERIFY2(last < 0.9 * first, qPrintable(QString("%1 to %2").arg(first).arg(last)));
    }
    /// Micro-batches, weighted by their share, have the gradients of one large batch.
    void groupEqualsOneLargeBatch() {
        TrainStep parts(smallConfig(), at::kCPU, at::kDouble);
        TrainStep whole(smallConfig(), at::kCPU, at::kDouble);
        std::vector<at::Tensor> mixtures;
        std::vector<at::Tensor> targets;
        for (int i = 0; i < 3; ++i) {
            run(parts, i, 1.0 / 3);
            mixtures.push_back(example(i).mixture);
            targets.push_back(example(i).targets);
        }
        whole.forwardBackward(at::cat(mixtures), at::cat(targets), 1);
        const auto expected = whole.state().group;
        for (const auto& [name, gradient] : parts.state().group)
            QVERIFY2(at::allclose(gradient, expected.at(name), 1e-9, 1e-12), name.c_str());
    }
    void clipsGradientNorm() {
        RunConfig config = smallConfig();
        config.training.optimizer = OptimizerKind::Sgd;
        config.training.momentum = 0;
        config.training.weightDecay = 0;
        config.training.gradClip = 0.01;
        TrainStep step(config, at::kCPU, at::kDouble);
        const auto before = copyOf(step).weights;
        run(step, 0);
        QVERIFY(step.update(1).gradNorm.item<double>() > 0.01);
        double squares = 0;
        for (const auto& [name, value] : step.state().weights)
            squares += (value - before.at(name)).pow(2).sum().item<double>();
        QVERIFY(std::abs(std::sqrt(squares) - 0.01) < 1e-6);
    }
    void averagesEveryUpdate() {
        TrainStep step(smallConfig(), at::kCPU, at::kDouble);
        auto expected = copyOf(step).weights;
        QVERIFY(bitEqual(step.state().ema, expected));
        for (int i = 0; i < 3; ++i) {
            run(step, i);
            step.update(1e-2);
            for (const auto& [name, value] : step.state().weights)
                expected[name] = 0.9 * expected[name] + 0.1 * value.detach();
        }
        for (const auto& [name, value] : step.state().ema)
            QVERIFY2(at::allclose(value, expected.at(name), 1e-12, 1e-14), name.c_str());
    }
    /// Loss, gradient norm, clipping, averages and masks by CUDA kernels, against operators in float64.
    /// Errors of the first update are relative to its size.
    void updatesByCudaKernels() {
        EmulatedLauncher launcher = emulatedKernels();
        const KernelLauncherGuard launcherGuard(launcher);
        RunConfig config = smallConfig();
        config.training.optimizer = OptimizerKind::Sgd;
        config.training.momentum = 0;
        config.training.gradClip = 0.01;
        const auto first = [&](ScanForm form, at::ScalarType type) {
            const ScanFormGuard guard(form);
            TrainStep step(config, at::kCPU, type);
            const TrainStep::State before = copyOf(step);
            run(step, 0);
            const double norm = step.update(1).gradNorm.item<double>();
            std::vector<at::Tensor> changes{at::scalar_tensor(norm, at::kDouble)};
            for (const auto& [name, value] : step.state().weights)
                changes.push_back((value - before.weights.at(name)).to(at::kDouble).flatten());
            for (const auto& [name, value] : step.state().ema)
                changes.push_back((value - before.ema.at(name)).to(at::kDouble).flatten() * 10);
            return changes;
        };
        const auto expected = first(ScanForm::Operators, at::kDouble);
        const auto actual = first(ScanForm::CudaKernels, at::kFloat);
        const auto whole = [](const std::vector<at::Tensor>& all) {
            return at::cat(at::TensorList(all).slice(1));
        };
        QVERIFY(at::allclose(actual[0], expected[0], 1e-4));
        QVERIFY(expected[0].item<double>() > 0.01);
        const double error = (whole(actual) - whole(expected)).norm().item<double>();
        QVERIFY2(error < 1e-3 * whole(expected).norm().item<double>(), qPrintable(QString::number(error)));
        for (const char* kernel : {"sumModuli", "bandMaskBackward", "averageTensors", "limitTensors"})
            QVERIFY2(launcher.launches().contains(kernel), kernel);
    }
    void hasNoEmaIfDisabled() {
        RunConfig config = smallConfig();
        config.training.emaDecay = 0;
        TrainStep step(config, at::kCPU);
        QVERIFY(step.state().ema.empty());
        const TrainStep::EmaWeights scope(step);
    }

    void skipsNonFiniteUpdates_data() { addOptimizers(); }
    void skipsNonFiniteUpdates() {
        QFETCH(RunConfig, config);
        TrainStep step(config, at::kCPU);
        run(step, 0);
        step.update(1e-3);
        const auto before = copyOf(step);
        for (const double badSample : {std::numeric_limits<double>::quiet_NaN(), 1e38}) {
            Example data = example(1);
            data.mixture.view(-1)[7] = badSample;
            run(step, 2, 0.5);
            step.forwardBackward(data.mixture, data.targets, 0.5);
            QCOMPARE(step.update(1e-3).nonFinite.item<float>(), 1.0F);
            QVERIFY(bitEqual(copyOf(step), before));
        }
        run(step, 3);
        QCOMPARE(step.update(1e-3).nonFinite.item<float>(), 0.0F);
        QVERIFY(!bitEqual(copyOf(step), before));
    }

    void resumesWithinGroupBitForBit_data() { addOptimizers(); }
    void resumesWithinGroupBitForBit() {
        QFETCH(RunConfig, config);
        for (const Precision precision : {Precision::Fp32, Precision::Bf16}) {
            config.training.precision = precision;
            TrainStep whole(config, at::kCPU);
            run(whole, 0);
            whole.update(1e-3);
            run(whole, 1, 1.0 / 3);

            RunConfig other = config;
            other.training.seed = 99;
            TrainStep second(other, at::kCPU);
            run(second, 50);
            second.restore(copyOf(whole));
            QVERIFY(bitEqual(second.state(), whole.state()));
            for (TrainStep* step : {&whole, &second}) {
                run(*step, 2, 1.0 / 3);
                run(*step, 3, 1.0 / 3);
                step->update(2e-3);
                run(*step, 4);
                step->update(2e-3);
            }
            QVERIFY(bitEqual(second.state(), whole.state()));
            QVERIFY(whole.state().group.empty());
        }
    }
    void rejectsStatesThatDoNotFit() {
        TrainStep step(smallConfig(), at::kCPU);
        const auto good = copyOf(step);
        const auto rejects = [&](const std::function<void(TrainStep::State&)>& corrupt) {
            TrainStep::State state = good;
            corrupt(state);
            try {
                step.restore(state);
                return false;
            } catch (const Error& error) {
                return error.kind() == ErrorKind::Input;
            }
        };
        QVERIFY(!rejects([](auto&) {}));
        QVERIFY(rejects([](auto& state) { state.weights.erase("final_norm.gamma"); }));
        QVERIFY(rejects([](auto& state) { state.weights["more"] = at::zeros({1}); }));
        QVERIFY(rejects([](auto& state) { state.weights["final_norm.gamma"] = at::zeros({3}); }));
        QVERIFY(rejects([](auto& state) { state.optimizer["step"] = at::zeros({}, at::kLong); }));
        QVERIFY(rejects([](auto& state) { state.ema.clear(); }));
        QVERIFY(rejects([](auto& state) { state.group["group_loss"] = at::zeros({}); }));
    }
    void initializesEmaToo() {
        RunConfig config = smallConfig();
        TrainStep source(config, at::kCPU);
        config.training.seed = 6;
        TrainStep step(config, at::kCPU);
        auto weights = copyOf(source).weights;
        weights.erase("final_norm.gamma");
        const auto report = step.initialize(weights);
        QCOMPARE(report.missing, std::vector<std::string>{"final_norm.gamma"});
        QVERIFY(bitEqual(step.state().ema, step.state().weights));
        for (const auto& [name, value] : weights)
            QVERIFY(at::equal(step.state().weights.at(name), value));
    }
    void usesEmaWeightsWhileSwappedIn() {
        TrainStep step(smallConfig(), at::kCPU);
        run(step, 0);
        step.update(1e-2);
        run(step, 1, 0.5);
        const auto before = copyOf(step);
        const at::NoGradGuard guard;
        const at::Tensor mixture = example(2).mixture;
        const at::Tensor raw = step.model().forward(mixture);

        TrainStep averaged(smallConfig(), at::kCPU);
        averaged.initialize(before.ema);
        const at::Tensor expected = averaged.model().forward(mixture);
        {
            const TrainStep::EmaWeights scope(step);
            QVERIFY(at::equal(step.model().forward(mixture), expected));
            QVERIFY_THROWS_EXCEPTION(std::exception, step.state());
        }
        QVERIFY(!at::equal(raw, expected));
        QVERIFY(at::equal(step.model().forward(mixture), raw));
        QVERIFY(bitEqual(copyOf(step), before));
    }
    void swappingEmaDoesNotAffectTraining() {
        TrainStep one(smallConfig(), at::kCPU);
        TrainStep two(smallConfig(), at::kCPU);
        for (int i = 0; i < 3; ++i) {
            for (TrainStep* step : {&one, &two}) {
                run(*step, i);
                step->update(1e-3);
            }
            const TrainStep::EmaWeights scope(two);
        }
        QVERIFY(bitEqual(one.state(), two.state()));
    }
    /// Two ranks with half of a group each: what is summed are the gradients, before they are clipped.
    void updatesFromSumsOverRanks() {
        RunConfig config = smallConfig();
        config.training.gradClip = 1e-3;
        TrainStep whole(config, at::kCPU, at::kDouble);
        TrainStep half(config, at::kCPU, at::kDouble);
        for (TrainStep* step : {&whole, &half})
            run(*step, 0, 0.5);
        std::vector<at::Tensor> other; // of the other rank
        {
            TrainStep second(config, at::kCPU, at::kDouble);
            second.setRankSum([&](const at::Tensor& bucket) { other.push_back(bucket.clone()); });
            run(second, 1, 0.5);
            second.update(1e-3);
        }
        std::size_t next = 0;
        half.setRankSum([&](const at::Tensor& bucket) { bucket.add_(other.at(next++)); });
        run(whole, 1, 0.5);
        const TrainStep::Update expected = whole.update(1e-3);
        const TrainStep::Update found = half.update(1e-3);
        QCOMPARE(next, other.size());
        QVERIFY(at::allclose(found.gradNorm, expected.gradNorm, 1e-10));
        QVERIFY(found.loss.item<double>() > 0);
        for (const auto& [name, value] : whole.state().weights)
            QVERIFY(at::allclose(half.state().weights.at(name), value, 1e-10, 1e-12));
    }

    /// It contributes nothing, but makes the same update.
    void rankWithoutAStepTakesPart() {
        TrainStep one(smallConfig(), at::kCPU);
        std::vector<at::Tensor> buckets;
        one.setRankSum([&](const at::Tensor& bucket) { buckets.push_back(bucket.clone()); });
        run(one, 0);
        one.update(1e-3);
        TrainStep idle(smallConfig(), at::kCPU);
        std::size_t next = 0;
        idle.setRankSum([&](const at::Tensor& bucket) {
            QVERIFY(at::equal(bucket, at::zeros_like(bucket)));
            bucket.copy_(buckets.at(next++));
        });
        idle.update(1e-3);
        QVERIFY(bitEqual(idle.state(), one.state()));
    }

    /// A loss or gradient of another rank that is not finite.
    void skipsTheUpdateIfAnyRankDoes() {
        TrainStep step(smallConfig(), at::kCPU);
        const TrainStep::State before = copyOf(step);
        step.setRankSum([](const at::Tensor& bucket) {
            bucket.add_(at::full_like(bucket, std::numeric_limits<double>::quiet_NaN()));
        });
        run(step, 0);
        QCOMPARE(step.update(1e-3).nonFinite.item<float>(), 1.0F);
        QVERIFY(bitEqual(step.state(), before));
    }

    void reportsPhases() {
        TrainStep step(smallConfig(), at::kCPU);
        std::vector<Phase> phases;
        step.setPhaseObserver([&](Phase phase) { phases.push_back(phase); });
        run(step, 0, 0.5);
        run(step, 1, 0.5);
        step.update(1e-3);
        QVERIFY((phases == std::vector{Phase::Forward, Phase::Backward, Phase::Forward, Phase::Backward,
                                       Phase::Update}));
    }
    void recomputeChangesNothing() {
        TrainStep plain(smallConfig(), at::kCPU);
        TrainStep recomputing(smallConfig(), at::kCPU);
        recomputing.setRecompute({.layers = 1, .slices = 3});
        for (TrainStep* step : {&plain, &recomputing})
            run(*step, 0);
        for (const auto& [name, gradient] : plain.state().group)
            QVERIFY2(at::allclose(gradient, recomputing.state().group.at(name), 1e-4, 1e-7), name.c_str());
    }

private:
    static void addOptimizers() {
        QTest::addColumn<RunConfig>("config");
        for (const auto& [name, kind] :
             {std::pair("adamw", OptimizerKind::AdamW), std::pair("sgd", OptimizerKind::Sgd),
              std::pair("adafactor", OptimizerKind::Adafactor)}) {
            RunConfig config = smallConfig();
            config.training.optimizer = kind;
            QTest::newRow(name) << config;
        }
    }
};

HEADROOM_TEST_MAIN(TestTrainStep)
#include "tst_train_step.moc"
