// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/train_step.h"

#include "core/kernels/cuda/many_tensors.h"
#include "core/model/cuda_mixer.h"
#include "core/model/dropout.h"
#include "core/model/scan_form.h"
#include "core/model/trained_parameters.h"
#include "core/support/error.h"
#include "core/train/device_cache.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <ATen/record_function.h>
#include <fmt/format.h>

namespace headroom {
namespace {

constexpr const char* groupLossName = "group_loss";

/// Copies `given` into the live tensors. The names must be the same.
void copyInto(const TensorMap& live, const TensorMap& given, const char* what) {
    const at::NoGradGuard guard;
    for (const auto& [name, value] : given) {
        const auto target = live.find(name);
        if (target == live.end())
            throw Error(ErrorKind::Input, fmt::format("the {} has an unexpected tensor '{}'", what, name));
        if (target->second.sizes() != value.sizes() || target->second.scalar_type() != value.scalar_type())
            throw Error(ErrorKind::Input,
                        fmt::format("the tensor '{}' of the {} has a wrong shape or type", name, what));
        target->second.detach().copy_(value);
    }
    for (const auto& [name, value] : live) {
        if (!given.contains(name))
            throw Error(ErrorKind::Input, fmt::format("the {} has no tensor '{}'", what, name));
    }
}

TensorMap named(const ParameterSet& parameters) {
    TensorMap tensors;
    for (const auto& entry : parameters.entries())
        tensors[entry.name] = entry.value;
    return tensors;
}

at::Tensor notFinite(const at::Tensor& a, const at::Tensor& b) {
    return at::isfinite(a).logical_and_(at::isfinite(b)).logical_not_().to(at::kFloat);
}

/// Multiplies matrices on this thread and on autograd's: on a card, the library allocates its workspaces for
/// a thread at the first product and keeps them. They must not end up in the middle of a phase's memory.
void allocateWorkspaces(at::Device device) {
    const at::AutoGradMode gradMode(true);
    const at::Tensor one = at::ones({1, 1}, device).set_requires_grad(true);
    at::mm(one, one).backward();
}

} // namespace

const char* phaseName(Phase phase) {
    switch (phase) {
    case Phase::Forward:
        return "forward";
    case Phase::Backward:
        return "backward";
    case Phase::Exchange:
        return "exchange";
    case Phase::Update:
        return "update";
    }
    return nullptr;
}

TrainStep::TrainStep(const RunConfig& config, at::Device device, at::ScalarType master)
    : device_(device), master_(master), gradClip_(config.training.gradClip),
      seed_(static_cast<std::uint64_t>(config.training.seed)),
      model_(modelShape(config), device, master, seed_, adapterOptions(config.training)),
      trained_(trainedParameters(model_, config.training)),
      loss_(config.loss, at::TensorOptions().device(device).dtype(master),
            model_.shape().isRoformer() ? model_.shape().nFft : SeparationLoss::usualTransform),
      optimizer_(makeOptimizer(config.training, trained_)) {
    if (config.training.precision == Precision::Bf16)
        model_.setPrecision(at::kBFloat16);
    setModelOptions(config.model);
    if (config.training.emaDecay > 0)
        ema_.emplace(trained_, config.training.emaDecay);
    allocateWorkspaces(device);
    releaseCache(device);
}

void TrainStep::setModelOptions(const ModelConfig& config) {
    model_.setRecompute(recomputePlan(config));
    model_.setKernels(config.kernels);
    usesKernels_ = wantsKernels(config);
}

at::Tensor TrainStep::forwardBackward(const at::Tensor& mixture, const at::Tensor& targets, double weight) {
    TORCH_CHECK(!emaSwappedIn_, "a step is not allowed while the EMA weights are swapped in");
    begin(Phase::Forward);
    model_.setDropoutSeed(Dropout{0, seed_}.part(static_cast<std::uint64_t>(firstExample_)).seed);
    const at::Tensor loss = lossOf(mixture, targets);
    const at::Tensor weighted = loss * weight;

    begin(Phase::Backward);
    weighted.backward();
    if (groupLoss_.defined())
        groupLoss_.add_(weighted.detach());
    else
        groupLoss_ = weighted.detach();
    return loss.detach();
}

at::Tensor TrainStep::lossOf(const at::Tensor& mixture, const at::Tensor& targets) const {
    const at::Tensor estimate = model_.forward(onDevice(mixture));
    const at::Tensor targetsOnDevice = onDevice(targets);
    RECORD_USER_SCOPE("loss");
    return loss_(estimate, targetsOnDevice, form());
}

/// What computes loss, averages and the norm of the gradients.
ScanForm TrainStep::form() const {
    return usesKernels_ ? scanForm(device_) : ScanForm::Operators;
}

at::Tensor TrainStep::onDevice(const at::Tensor& batch) const {
    RECORD_USER_SCOPE("batch");
    if (!device_.is_cuda() || !batch.is_cpu())
        return batch.to(device_, master_);
    // A copy from other memory would wait until the device has done all that was queued.
    return batch.pin_memory().to(device_, master_, /*non_blocking=*/true);
}

TrainStep::Update TrainStep::update(double learningRate) {
    TORCH_CHECK(groupLoss_.defined() || rankSum_, "an update needs at least one step");
    const at::NoGradGuard guard;
    if (rankSum_)
        exchange();
    begin(Phase::Update);
    std::vector<at::Tensor> gradients;
    for (const auto& entry : trained_.entries())
        gradients.push_back(entry.value.grad());
    Update result;
    result.gradNorm = clip(gradients);
    result.nonFinite = notFinite(result.gradNorm, groupLoss_);
    consistent_ = false;
    optimizer_->update(learningRate, result.nonFinite);
    if (ema_)
        ema_->update(result.nonFinite, form());
    consistent_ = true;
    for (const auto& entry : trained_.entries())
        entry.value.mutable_grad() = at::Tensor();
    if (rankSum_)
        result.loss = groupLoss_;
    groupLoss_ = at::Tensor();
    exchanges_ = false;
    return result;
}

/// Sums gradients and loss of the group over the ranks. What is not finite on one rank is so in the sum.
void TrainStep::exchange() {
    begin(Phase::Exchange);
    std::vector<at::Tensor> tensors;
    for (const auto& entry : trained_.entries()) {
        if (!entry.value.grad().defined())
            entry.value.mutable_grad() = at::zeros_like(entry.value.detach());
        tensors.push_back(entry.value.grad());
    }
    if (!groupLoss_.defined())
        groupLoss_ = at::zeros({}, at::TensorOptions().device(device_).dtype(master_));
    tensors.push_back(groupLoss_);
    const BucketSum buckets(std::move(tensors));
    exchanges_ = true;
    buckets.run(rankSum_);
}

at::Tensor TrainStep::clip(const std::vector<at::Tensor>& gradients) const {
    if (form() == ScanForm::CudaKernels && fitTable(gradients)) {
        const TensorTable table({gradients});
        at::Tensor norm = normOfTensors(table);
        if (gradClip_ > 0)
            limitTensors(table, norm, gradClip_);
        return norm;
    }
    constexpr double eps = 1e-6; // as in limitTensors()
    at::Tensor norm = at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients)));
    if (gradClip_ > 0)
        at::_foreach_mul_(gradients, (gradClip_ / (norm + eps)).clamp_max_(1));
    return norm;
}

TrainStep::State TrainStep::state() const {
    TORCH_CHECK(!emaSwappedIn_, "the state is not available while the EMA weights are swapped in");
    State state;
    state.weights = named(model_.parameters());
    state.adapters = named(model_.adapters());
    if (ema_)
        state.ema = ema_->state();
    state.optimizer = optimizer_->state();
    state.group = group();
    return state;
}

TensorMap TrainStep::group() const {
    if (!groupLoss_.defined())
        return {};
    TensorMap group{{groupLossName, groupLoss_}};
    for (const auto& entry : trained_.entries())
        group[entry.name] = entry.value.grad();
    return group;
}

void TrainStep::restore(const State& given) {
    const State live = state();
    copyInto(live.weights, given.weights, "state of the weights");
    copyInto(live.adapters, given.adapters, "state of the adapters");
    copyInto(live.ema, given.ema, "state of the EMA");
    copyInto(live.optimizer, given.optimizer, "optimizer state");
    restoreGroup(given.group);
}

void TrainStep::restoreGroup(const TensorMap& given) {
    for (const auto& entry : trained_.entries())
        entry.value.mutable_grad() = given.empty() ? at::Tensor() : at::empty_like(entry.value.detach());
    groupLoss_ =
        given.empty() ? at::Tensor() : at::empty({}, at::TensorOptions().device(device_).dtype(master_));
    copyInto(group(), given, "accumulated gradient");
}

LoadReport TrainStep::initialize(const TensorMap& weights) {
    LoadReport report = model_.parameters().load(weights);
    if (ema_)
        copyInto(ema_->state(), named(trained_), "EMA");
    return report;
}

void TrainStep::begin(Phase phase) const {
    if (observer_)
        observer_(phase);
}

TrainStep::EmaWeights::EmaWeights(TrainStep& step) : step_(step) {
    TORCH_CHECK(!step_.emaSwappedIn_, "the EMA weights are already swapped in");
    if (step_.ema_)
        step_.ema_->swap();
    step_.emaSwappedIn_ = true;
}

TrainStep::EmaWeights::~EmaWeights() {
    if (step_.ema_)
        step_.ema_->swap();
    step_.emaSwappedIn_ = false;
}

} // namespace headroom
