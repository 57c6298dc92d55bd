// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/parameters.h"
#include "core/train/optimizer.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <array>

using namespace headroom;

Q_DECLARE_METATYPE(headroom::TrainingConfig)

namespace {

constexpr std::array names = {"matrix", "vector", "pointwise", "depthwise"};

TrainingConfig configFor(OptimizerKind kind, double momentum = 0.9) {
    TrainingConfig config;
    config.optimizer = kind;
    config.weightDecay = 0.01;
    config.momentum = momentum;
    return config;
}

/// Parameters with the initial values and gradients of the file that torch.optim produced.
class Trajectory {
public:
    Trajectory(const TrainingConfig& config, at::ScalarType type)
        : tensors_(readSafetensors(HEADROOM_TEST_DATA "/optimizers/optimizers.safetensors").tensors),
          type_(type) {
        for (const char* name : names)
            parameters_.add(name, tensors_.at(std::string("start/") + name).to(type));
        optimizer_ = makeOptimizer(config, parameters_);
    }

    std::int64_t updates() const { return tensors_.at("rates").size(0); }

    void update(std::int64_t number) {
        for (const char* name : names) {
            const at::Tensor gradient = tensors_.at(std::string("gradients/") + name)[number];
            parameters_.at(name).mutable_grad() = gradient.to(type_, /*non_blocking=*/false, /*copy=*/true);
        }
        optimizer_->update(tensors_.at("rates")[number].item<double>(), at::zeros({}, at::kFloat));
    }

    void skip(double gradient) {
        for (const char* name : names)
            parameters_.at(name).mutable_grad() = at::full_like(parameters_.at(name).detach(), gradient);
        optimizer_->update(0.1, at::ones({}, at::kFloat));
    }

    double worstError(const std::string& kind) const {
        double worstError = 0;
        for (const char* name : names) {
            const at::Tensor expected = tensors_.at(kind + "/" + name);
            const at::Tensor error = parameters_.at(name).detach().to(at::kDouble) - expected;
            worstError = std::max(worstError, (error.abs().max() / expected.abs().max()).item<double>());
        }
        return worstError;
    }

    /// Copies of parameters and optimizer state.
    TensorMap snapshot() const {
        TensorMap snapshot;
        for (const auto& [name, value] : optimizer_->state())
            snapshot["state/" + name] = value.clone();
        for (const char* name : names)
            snapshot[name] = parameters_.at(name).detach().clone();
        return snapshot;
    }

    void restore(const TensorMap& snapshot) {
        for (const auto& [name, value] : optimizer_->state())
            value.copy_(snapshot.at("state/" + name));
        for (const char* name : names)
            parameters_.at(name).detach().copy_(snapshot.at(name));
    }

private:
    TensorMap tensors_;
    at::ScalarType type_;
    ParameterSet parameters_;
    std::unique_ptr<Optimizer> optimizer_;
};

bool bitEqual(const TensorMap& a, const TensorMap& b) {
    return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const auto& item) {
               return at::equal(item.second, b.at(item.first));
           });
}

} // namespace

class TestOptimizer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesTorch_data() { addKinds(); }
    void matchesTorch() {
        QFETCH(TrainingConfig, config);
        for (const auto& [type, tolerance] : {std::pair(at::kDouble, 1e-13), std::pair(at::kFloat, 2e-5)}) {
            Trajectory trajectory(config, type);
            for (std::int64_t i = 0; i < trajectory.updates(); ++i)
                trajectory.update(i);
            const double worstError = trajectory.worstError(QTest::currentDataTag());
            QVERIFY2(worstError < tolerance, qPrintable(QString::number(worstError)));
        }
    }
    void skippedUpdatesChangeNothing_data() { addKinds(); }
    void skippedUpdatesChangeNothing() {
        QFETCH(TrainingConfig, config);
        Trajectory trajectory(config, at::kFloat);
        for (std::int64_t i = 0; i < 3; ++i) {
            const auto before = trajectory.snapshot();
            trajectory.skip(i == 1 ? 1.0 : std::numeric_limits<double>::quiet_NaN());
            QVERIFY(bitEqual(trajectory.snapshot(), before));
            trajectory.skip(std::numeric_limits<double>::infinity());
            QVERIFY(bitEqual(trajectory.snapshot(), before));
            trajectory.update(i);
            QVERIFY(!bitEqual(trajectory.snapshot(), before));
        }
    }
    void resumesBitForBit_data() { addKinds(); }
    void resumesBitForBit() {
        QFETCH(TrainingConfig, config);
        Trajectory whole(config, at::kFloat);
        Trajectory second(config, at::kFloat);
        for (std::int64_t i = 0; i < whole.updates(); ++i) {
            if (i == 3)
                second.restore(whole.snapshot());
            whole.update(i);
            if (i >= 3)
                second.update(i);
        }
        QVERIFY(bitEqual(whole.snapshot(), second.snapshot()));
    }
    void adafactorStateIsSmall() {
        ParameterSet parameters;
        parameters.add("weight", at::zeros({100, 200}));
        std::int64_t elements = 0;
        for (const auto& [name, value] :
             makeOptimizer(configFor(OptimizerKind::Adafactor), parameters)->state())
            elements += value.numel();
        QCOMPARE(elements, 100 + 200 + 1);
    }

private:
    static void addKinds() {
        QTest::addColumn<TrainingConfig>("config");
        QTest::newRow("adamw") << configFor(OptimizerKind::AdamW);
        QTest::newRow("sgd") << configFor(OptimizerKind::Sgd);
        QTest::newRow("sgd_plain") << configFor(OptimizerKind::Sgd, 0);
        QTest::newRow("adafactor") << configFor(OptimizerKind::Adafactor);
    }
};

HEADROOM_TEST_MAIN(TestOptimizer)
#include "tst_optimizer.moc"
