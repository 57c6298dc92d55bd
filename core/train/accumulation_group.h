#pragma once

#include "core/data/batch.h"
#include "core/train/train_step.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headroom {

/// The steps of one accumulation group, and its update, on a device whose memory may run out.
///
/// When it does, all that the group has done is undone: its gradients are dropped, the device's cache is
/// emptied, and its batches, the very same examples, are run again in micro-batches of at most half as many
/// examples, each loss weighted by its share, so that the update is the one that whole batches give. The
/// smaller size stays. Weights, optimizer state and EMA change only in the update, after all that needs
/// memory. One thread.
class AccumulationGroup {
public:
    /// Told how many examples were run at once before and will be after, and what the device said.
    using Observer = std::function<void(int before, int after, const std::string& message)>;

    /// @param microBatch examples at once, at most; 0: all of a batch
    /// A group that `step` has under way goes on from its gradients, which are kept in host memory.
    AccumulationGroup(TrainStep& step, BatchSource& batches, c10::Device device, int microBatch,
                      Observer observer);

    /// One batch of the group.
    /// @param weight of its loss in the group
    /// @return its loss without the weight, 0-dim, on the device
    /// Throws OutOfMemoryError where one example alone is too much; then the step has the gradients of no
    /// group.
    at::Tensor add(const Batch& batch, double weight);

    /// Ends the group. Throws as add().
    TrainStep::Update update(double learningRate);

    /// Examples at once, at most; 0: all of a batch.
    int microBatch() const { return microBatch_; }
    /// From now on whole batches are tried again.
    void tryWholeBatches() { microBatch_ = 0; }

private:
    struct Member {
        std::int64_t firstExample;
        int batchSize;
        std::int64_t frames;
        double weight;
    };

    template <typename Cost>
    auto retryOnOutOfMemory(Cost work);
    void halveMicroBatch(const std::string& message);
    void replayGroup();
    at::Tensor run(const Batch& batch, double weight);

    TrainStep& step_;
    BatchSource& batches_;
    c10::Device device_;
    int microBatch_;
    Observer observer_;
    TensorMap base_;              ///< gradients that a resumed group began with, in host memory
    std::vector<Member> members_; ///< batches since then
    int largest_ = 0;             ///< examples in the largest batch of the group
};

} // namespace headroom
