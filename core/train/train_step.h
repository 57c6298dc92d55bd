// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/distributed/bucket_sum.h"
#include "core/model/band_split_model.h"
#include "core/model/parameters.h"
#include "core/train/ema.h"
#include "core/train/loss.h"
#include "core/train/optimizer.h"
#include "core/weights/safetensors.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace headroom {

/// A phase of a training step.
enum class Phase { Forward, Backward, Exchange, Update };

/// "forward", "backward", "exchange" or "update", as in events, forecasts and profiles.
const char* phaseName(Phase phase);

/// The training step: forward, loss, backward, and at the end of an accumulation group clipping, optimizer
/// and EMA. With several ranks, gradients are first summed over them, once in a group. Never synchronizes
/// with the device or reads values, so it also runs on Meta, where the forecast records it. One thread at a
/// time.
class TrainStep {
public:
    /// Creates the model and all state on `device`, with initial weights from training.seed, and everything
    /// that libraries keep there. The allocator's cache is empty afterwards.
    /// @param master dtype of parameters and state: float32, or float64 in tests
    TrainStep(const RunConfig& config, at::Device device, at::ScalarType master = at::kFloat);

    BandSplitModel& model() { return model_; }
    const BandSplitModel& model() const { return model_; }
    /// The parameters that the step trains, see trainedParameters(). Only these have gradients, optimizer
    /// state and EMA.
    const ParameterSet& trained() const { return trained_; }

    /// Runs a micro-batch and adds its gradients to those of its group.
    /// @param mixture [batch, channels, samples], any device and real dtype
    /// @param targets [batch, stems, channels, samples]
    /// @param weight of this loss in the group, 1 / steps of the group for a whole batch
    /// @return the loss without the weight, 0-dim, on the device
    at::Tensor forwardBackward(const at::Tensor& mixture, const at::Tensor& targets, double weight);

    /// With several ranks: sets what sums a tensor over them, for update(). All then make the same updates.
    /// A rank may end a group without a step of its own.
    void setRankSum(RankSum sum) { rankSum_ = std::move(sum); }

    struct Update {
        at::Tensor gradNorm;  ///< 2-norm over all gradients before clipping; 0-dim
        at::Tensor nonFinite; ///< 1 if the update was skipped, else 0; 0-dim float32
        at::Tensor loss;      ///< with several ranks: sum of the weighted losses of the group, of all; 0-dim
    };
    /// Ends a group of at least one step: sums over ranks, clips, updates weights and EMA, and frees the
    /// gradients. If a loss of the group or its gradient norm is not finite, weights, optimizer state and EMA
    /// do not change.
    Update update(double learningRate);

    /// Sets a function to call at the start of each phase, on the thread of the step. May be empty.
    void setPhaseObserver(std::function<void(Phase)> observer) { observer_ = std::move(observer); }

    /// Sets what the backward pass recomputes, from the next step on.
    void setRecompute(const RecomputePlan& plan) { model_.setRecompute(plan); }
    /// Sets the options of the model that may change in a run, from the next step on.
    void setModelOptions(const ModelConfig& config);

    /// Sets the number of the first example of the next micro-batch. Dropout depends on it and on the seed.
    void setFirstExample(std::int64_t number) { firstExample_ = number; }

    /// The state that the next step depends on, besides its batch and the learning rate. Within an
    /// accumulation group, `group` has the gradients so far by parameter name, and "group_loss"; between
    /// groups it is empty.
    struct State {
        TensorMap weights;  ///< of the published model, also frozen ones
        TensorMap adapters; ///< empty without training.lora_rank
        TensorMap ema;      ///< of the trained parameters; empty if the configuration has no EMA
        TensorMap optimizer;
        TensorMap group;
    };
    /// Returns the live tensors, not copies; the next step changes them.
    State state() const;
    /// Copies a state from any device. Throws Error (Input) with the name of the tensor if names, shapes or
    /// dtypes differ from this configuration; this object must not be used afterwards.
    void restore(const State& state);
    /// Copies State::group; if empty, drops the gradients since the last update. Throws like restore().
    void restoreGroup(const TensorMap& group);
    /// False if an exception interrupted update() while it changed weights and state, which are then
    /// unusable.
    bool isConsistent() const { return consistent_; }
    /// Whether the open group can be run again after an exception: not if weights and state are unusable, or
    /// if its gradients are partly summed over ranks, because the others would not repeat their part.
    bool canRepeatGroup() const { return consistent_ && !exchanges_; }

    /// Copies weights whose name and shape fit, also to the EMA. For training.init_from.
    LoadReport initialize(const TensorMap& weights);

    /// RAII: swaps the EMA weights into the model. Meanwhile neither steps nor state() are allowed. Without
    /// EMA it does nothing.
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
    void exchange();
    at::Tensor lossOf(const at::Tensor& mixture, const at::Tensor& targets) const;
    ScanForm form() const;
    at::Tensor onDevice(const at::Tensor& batch) const;
    TensorMap group() const;
    at::Tensor clip(const std::vector<at::Tensor>& gradients) const;

    at::Device device_;
    at::ScalarType master_;
    double gradClip_;
    std::uint64_t seed_;
    BandSplitModel model_;
    ParameterSet trained_;
    SeparationLoss loss_;
    std::unique_ptr<Optimizer> optimizer_;
    std::optional<Ema> ema_;
    at::Tensor groupLoss_; ///< sum of the weighted losses of the group; undefined between groups
    std::int64_t firstExample_ = 0;
    bool emaSwappedIn_ = false;
    bool consistent_ = true;
    bool usesKernels_ = false;
    RankSum rankSum_;        ///< empty for a single rank
    bool exchanges_ = false; ///< an exchange has begun, and its group has not ended
    std::function<void(Phase)> observer_;
};

} // namespace headroom
