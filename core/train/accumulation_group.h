// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/batch.h"
#include "core/train/train_step.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headroom {

/// The steps of an accumulation group and its update, with recovery from running out of device memory.
///
/// Recovery drops the gradients of the group, empties the device's cache, and runs the batches of the group
/// again, with the same examples, in micro-batches of at most half as many examples. Losses are weighted so
/// that the update equals that of whole batches. Later steps keep the smaller size. Weights, optimizer state
/// and EMA change only in the update, after everything that allocates. One thread.
class AccumulationGroup {
public:
    /// Called after running out of memory with the old and the new micro-batch size and the error message.
    using Observer = std::function<void(int before, int after, const std::string& message)>;

    /// Continues the accumulation group that `step` has begun, if any; keeps a copy of its gradients in host
    /// memory.
    /// @param microBatch largest micro-batch, in examples; 0: whole batches
    AccumulationGroup(TrainStep& step, BatchSource& batches, c10::Device device, int microBatch,
                      Observer observer);

    /// Runs forward and backward pass of a batch. Throws OutOfMemoryError if a single example does not fit;
    /// the step then has no gradients.
    /// @param weight of the loss in the group
    /// @return the loss without the weight, 0-dim, on the device
    at::Tensor add(const Batch& batch, double weight);

    /// Runs the optimizer and ends the group. Throws like add().
    TrainStep::Update update(double learningRate);

    /// Largest micro-batch, in examples; 0: whole batches.
    int microBatch() const { return microBatch_; }
    /// Returns to whole batches.
    void tryWholeBatches() { microBatch_ = 0; }

private:
    struct Member {
        std::int64_t firstExample;
        int batchSize;
        std::int64_t frames;
        double weight;
    };

    template <typename Operation>
    auto retryOnOutOfMemory(Operation operation);
    void halveMicroBatch(const std::string& message);
    void replayGroup();
    at::Tensor run(const Batch& batch, double weight);

    TrainStep& step_;
    BatchSource& batches_;
    c10::Device device_;
    int microBatch_;
    Observer observer_;
    TensorMap base_;              ///< initial gradients of a resumed group, in host memory
    std::vector<Member> members_; ///< batches added since
    int largest_ = 0;             ///< examples in the largest batch of the group
};

} // namespace headroom
