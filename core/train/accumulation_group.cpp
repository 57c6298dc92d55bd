// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/accumulation_group.h"

#include "core/session/failure.h"
#include "core/session/training_loop.h"
#include "core/support/rounding.h"
#include "core/train/device_cache.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace headroom {
namespace {

/// A view of `numbers` as a tensor; `numbers` must outlive it.
at::Tensor view(const std::vector<float>& numbers, at::IntArrayRef shape) {
    return at::from_blob(const_cast<float*>(numbers.data()), shape, at::kFloat);
}

} // namespace

AccumulationGroup::AccumulationGroup(TrainStep& step, BatchSource& batches, c10::Device device,
                                     int microBatch, Observer observer)
    : step_(step), batches_(batches), device_(device), microBatch_(microBatch),
      observer_(std::move(observer)) {
    for (const auto& [name, gradient] : step.state().group)
        base_[name] = gradient.to(at::kCPU, gradient.scalar_type(), /*non_blocking=*/false, /*copy=*/true);
}

/// Runs `operation` until it succeeds or a single example does not fit. Before each retry, replays the
/// earlier batches of the group.
template <typename Operation>
auto AccumulationGroup::retryOnOutOfMemory(Operation operation) {
    std::optional<std::string> failure;
    for (;;) {
        // Not in the catch block: the exception may own device memory.
        if (failure)
            halveMicroBatch(*failure);
        try {
            if (failure)
                replayGroup();
            return operation();
        } catch (const std::exception& exception) {
            if (!meansOutOfMemory(exception) || !step_.canRepeatGroup())
                throw;
            failure = plainMessage(exception);
        }
    }
}

at::Tensor AccumulationGroup::add(const Batch& batch, double weight) {
    largest_ = std::max(largest_, batch.batchSize);
    at::Tensor loss = retryOnOutOfMemory([&] { return run(batch, weight); });
    members_.push_back({batch.firstExample, batch.batchSize, batch.frames, weight});
    return loss;
}

TrainStep::Update AccumulationGroup::update(double learningRate) {
    TrainStep::Update result = retryOnOutOfMemory([&] { return step_.update(learningRate); });
    base_.clear();
    members_.clear();
    largest_ = 0;
    return result;
}

void AccumulationGroup::halveMicroBatch(const std::string& message) {
    step_.restoreGroup({});
    releaseCache(device_);
    const int before = microBatch_ == 0 ? largest_ : std::min(microBatch_, largest_);
    if (before <= 1)
        throw OutOfMemoryError("the device runs out of memory with a single segment: " + message, {},
                               "Turn on model.use_gradient_checkpointing, raise model.recompute_slices or "
                               "lower audio.segment_length. `headroom fit` suggests options that fit.");
    microBatch_ = (before + 1) / 2;
    if (observer_)
        observer_(before, microBatch_, message);
}

void AccumulationGroup::replayGroup() {
    if (!base_.empty())
        step_.restoreGroup(base_);
    for (const Member& member : members_)
        run(batches_.batch(member.firstExample, member.batchSize, member.frames), member.weight);
}

at::Tensor AccumulationGroup::run(const Batch& batch, double weight) {
    const at::Tensor mixture = view(batch.mixture, {batch.batchSize, batch.channels, batch.frames});
    const at::Tensor targets =
        view(batch.targets, {batch.batchSize, batch.stems, batch.channels, batch.frames});
    const std::int64_t all = batch.batchSize;
    const std::int64_t most = microBatch_ == 0 ? all : microBatch_;
    const std::int64_t parts = divideUp(all, most);
    step_.setFirstExample(batch.firstExample);
    if (parts == 1)
        return step_.forwardBackward(mixture, targets, weight);
    at::Tensor loss;
    for (std::int64_t part = 0; part < parts; ++part) {
        const std::int64_t begin = all * part / parts;
        const std::int64_t count = all * (part + 1) / parts - begin;
        step_.setFirstExample(batch.firstExample + begin);
        const double share = static_cast<double>(count) / static_cast<double>(all);
        const at::Tensor own = step_.forwardBackward(mixture.narrow(0, begin, count),
                                                     targets.narrow(0, begin, count), weight * share);
        loss = loss.defined() ? loss + own * share : own * share;
    }
    return loss;
}

} // namespace headroom
