#include "core/forecast/step_recording.h"

#include "core/model/scan_form.h"
#include "core/shadow/shadow_device.h"
#include "core/train/train_step.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headroom {
namespace {

/// The batch as a training run has it: in host memory, which on the CPU is the device's own, but not its
/// tensors'. Nobody reads it.
class HostBatch {
public:
    HostBatch(const RunConfig& config, ShadowDevice& device) {
        const auto frames = std::llround(config.audio.segmentLength * config.audio.sampleRate);
        const auto stems = static_cast<std::int64_t>(config.data.targets.size());
        mixture_ = make({config.training.batchSize, config.audio.channels, frames}, device);
        targets_ = make({config.training.batchSize, stems, config.audio.channels, frames}, device);
    }

    const at::Tensor& mixture() const { return mixture_; }
    const at::Tensor& targets() const { return targets_; }

private:
    at::Tensor make(at::IntArrayRef shape, ShadowDevice& device) {
        if (!device.isCpu())
            return at::from_blob(&nothing_, shape, at::kFloat);
        const ShadowDevice::Pause pause(device);
        return at::empty(shape, at::TensorOptions().device(at::kMeta).dtype(at::kFloat));
    }

    float nothing_ = 0;
    at::Tensor mixture_;
    at::Tensor targets_;
};

class TrainingRecorder {
public:
    TrainingRecorder(const RunConfig& config, const Card& card)
        : config_(config), device_(card),
          scanForm_(device_.isCpu() ? ScanForm::Kernels : ScanForm::Operators), batch_(config, device_) {
        device_.beginPhase("setup", false);
        step_.emplace(config, at::kMeta);
        const TrainStep::State state = step_->state();
        assign(state.weights, MemoryPart::Parameters);
        assign(state.ema, MemoryPart::Ema);
        assign(state.optimizer, MemoryPart::OptimizerState);
        step_->setPhaseObserver([this](Phase phase) { begin(phase); });
    }

    Recording record() {
        StreamRecorder& recorder = device_.recorder();
        const std::int64_t begin = recorder.position();
        update();
        recorder.repeat(begin, 1);
        step_.reset();
        const FlopCount& flops = device_.flops();
        return {recorder.take(), flops.forward, flops.recompute, flops.backward};
    }

private:
    void assign(const TensorMap& tensors, MemoryPart part) {
        for (const auto& [name, tensor] : tensors)
            device_.assign(tensor, part);
    }

    void begin(Phase phase) {
        StreamRecorder& recorder = device_.recorder();
        switch (phase) {
        case Phase::Forward:
            device_.beginPhase("forward", false);
            forwardBegin_ = recorder.position();
            break;
        case Phase::Backward:
            recorder.assignLiving(forwardBegin_, MemoryPart::SavedActivations);
            device_.beginPhase("backward", true);
            break;
        case Phase::Update:
            device_.beginPhase("update", false);
            break;
        }
    }

    at::Tensor microBatch() {
        const at::Tensor loss = step_->forwardBackward(batch_.mixture(), batch_.targets(),
                                                       1.0 / config_.training.gradientAccumulationSteps);
        for (const auto& entry : step_->model().parameters().entries())
            device_.assign(entry.value.grad(), MemoryPart::Gradients);
        return loss;
    }

    /// The first micro-batch makes the gradients; those behind it are all alike.
    void update() {
        at::Tensor loss = microBatch();
        if (const int steps = config_.training.gradientAccumulationSteps; steps > 1) {
            loss = at::Tensor();
            const std::int64_t begin = device_.recorder().position();
            loss = microBatch();
            loss = at::Tensor();
            device_.recorder().repeat(begin, steps - 2);
        }
        step_->update(config_.training.learningRate);
    }

    const RunConfig& config_;
    ShadowDevice device_;
    ScanFormGuard scanForm_;
    HostBatch batch_;
    std::optional<TrainStep> step_;
    std::int64_t forwardBegin_ = 0;
};

} // namespace

Recording recordTraining(const RunConfig& config, const Card& card) {
    return TrainingRecorder(config, card).record();
}

} // namespace headroom
