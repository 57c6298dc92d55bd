#pragma once

#include "core/config/run_config.h"
#include "core/model/bs_mamba2.h"
#include "core/train/ema.h"
#include "core/train/loss.h"
#include "core/train/optimizer.h"
#include "core/weights/safetensors.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <optional>

namespace headroom {

/// The part of a step that begins.
enum class Phase { Forward, Backward, Update };

/// "forward", "backward" or "update": what events, forecasts and measurements call it.
const char* phaseName(Phase phase);

/// The one training step: forward, loss, backward; and, once a group of steps is complete, clipping,
/// optimizer and EMA. It never waits for the device and never looks at a number, so it also runs where there
/// are none (Meta). One thread at a time.
class TrainStep {
public:
    /// Builds the model and all state on `device`, the weights drawn by training.seed.
    /// @param master dtype of parameters and state: float32 (float64 to check the mathematics)
    TrainStep(const RunConfig& config, at::Device device, at::ScalarType master = at::kFloat);

    BsMamba2& model() { return model_; }
    const BsMamba2& model() const { return model_; }

    /// One micro-batch; its gradients are added to those of its group.
    /// @param mixture [batch, channels, samples], any device and real dtype
    /// @param targets [batch, stems, channels, samples]
    /// @param weight  of this loss in the group: 1 / steps in the group
    /// @return the loss without the weight, 0-dim, on the device
    at::Tensor forwardBackward(const at::Tensor& mixture, const at::Tensor& targets, double weight);

    struct Update {
        at::Tensor gradNorm;  ///< 2-norm over all gradients before clipping; 0-dim
        at::Tensor nonFinite; ///< 1 where the update was skipped, else 0; 0-dim float32
    };
    /// Ends a group of at least one step: clips, updates, averages, frees the gradients. Where a loss of the
    /// group or the norm of its gradients is not finite, weights, optimizer state and EMA stay as they were.
    Update update(double learningRate);

    /// Called at the start of each phase, on the thread of the step. Empty: nobody.
    void setPhaseObserver(std::function<void(Phase)> observer) { observer_ = std::move(observer); }

    /// What is run again in the backward pass, from the next step on.
    void setRecompute(const RecomputePlan& plan) { model_.setRecompute(plan); }

    /// All that the next step depends on besides its batch and the learning rate. `group` is empty between
    /// groups; within one it has the gradients so far under the parameters' names, and "group_loss".
    struct State {
        TensorMap weights;
        TensorMap ema; ///< empty without EMA
        TensorMap optimizer;
        TensorMap group;
    };
    /// The live tensors, not copies: they change with the next step.
    State state() const;
    /// Copies a state in, from any device. Throws Error (Input), naming the tensor, where names, shapes or
    /// dtypes are not those of this configuration; then the step must not be used on.
    void restore(const State& state);
    /// Copies in the gradients of a group, as State::group; empty: what was added since the last update is
    /// dropped. Throws as restore() does.
    void restoreGroup(const TensorMap& group);
    /// False where an exception cut short what update() does to weights and state: they must not be used on.
    bool isWhole() const { return whole_; }

    /// Starts from these weights, EMA included: where name and shape fit. For training.init_from.
    LoadReport initialize(const TensorMap& weights);

    /// While it lives the model computes with the EMA weights, and only that: no step, no state. Without EMA
    /// it changes nothing.
    class EmaWeights {
    public:
        explicit EmaWeights(TrainStep& step);
        ~EmaWeights();
        EmaWeights(const EmaWeights&) = delete;
        EmaWeights& operator=(const EmaWeights&) = delete;

    private:
        TrainStep& step_;
    };

private:
    void begin(Phase phase) const;
    at::Tensor onDevice(const at::Tensor& batch) const;
    at::Tensor lossOf(const at::Tensor& estimate, const at::Tensor& targets) const;
    TensorMap group() const;
    at::Tensor clip(const std::vector<at::Tensor>& gradients) const;

    at::Device device_;
    at::ScalarType master_;
    double gradClip_;
    BsMamba2 model_;
    SeparationLoss loss_;
    std::unique_ptr<Optimizer> optimizer_;
    std::optional<Ema> ema_;
    at::Tensor groupLoss_; ///< sum of the group's weighted losses; undefined between groups
    bool emaSwappedIn_ = false;
    bool whole_ = true;
    std::function<void(Phase)> observer_;
};

} // namespace headroom
