#include "core/forecast/step_recording.h"

#include "core/model/compute_device.h"
#include "core/simulate/simulated_device.h"
#include "core/train/checkpoint.h"
#include "core/train/train_step.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

/// The first makes what lasts.
constexpr int updates = 2;

/// The shadow of a card, and on it scans as they are there.
struct Stage {
    explicit Stage(const Card& card, ScanForm scan = ScanForm::OfDevice,
                   Repetition repetition = Repetition::RunOnce)
        : device(card, repetition == Repetition::RunOnce), scanForm(scan != ScanForm::OfDevice ? scan
                                                                    : device.isCpu() ? ScanForm::Kernels
                                                                                     : ScanForm::Operators) {}

    SimulatedDevice device;
    ScanFormGuard scanForm;
};

/// Sound as a program has it: in host memory, which is the CPU's own, though none of its tensors'. Nobody
/// reads it.
class HostAudio {
public:
    HostAudio(at::IntArrayRef shape, SimulatedDevice& device) {
        const SimulatedDevice::Pause pause(device);
        tensor_ = device.isCpu() ? at::empty(shape, at::TensorOptions().device(at::kMeta).dtype(at::kFloat))
                                 : at::from_blob(&nothing_, shape, at::kFloat);
    }
    HostAudio(const HostAudio&) = delete;
    HostAudio& operator=(const HostAudio&) = delete;

    const at::Tensor& tensor() const { return tensor_; }

private:
    float nothing_ = 0;
    at::Tensor tensor_;
};

/// The setting as it acts on this device: the CPU has no other memory that layer inputs could wait in.
RunConfig actingOn(const SimulatedDevice& device, RunConfig config) {
    if (device.isCpu())
        config.model.offload = false;
    return config;
}

std::int64_t samples(const RunConfig& config, double seconds) {
    return std::llround(seconds * config.audio.sampleRate);
}

void assign(SimulatedDevice& device, const TensorMap& tensors, MemoryPart part) {
    for (const auto& [name, tensor] : tensors)
        device.assign(tensor, part);
}

CostPart workPart(Phase phase) {
    switch (phase) {
    case Phase::Forward:
        return CostPart::Forward;
    case Phase::Backward:
        return CostPart::Backward;
    case Phase::Update:
        break;
    }
    return CostPart::Update;
}

/// Makes the step on the device and says what its state is.
class SteppedStage {
public:
    SteppedStage(const RunConfig& config, SimulatedDevice& device) {
        device.beginPhase("setup", CostPart::Setup);
        step_.emplace(config, at::kMeta);
        const TrainStep::State state = step_->state();
        assign(device, state.weights, MemoryPart::Parameters);
        assign(device, state.ema, MemoryPart::Ema);
        assign(device, state.optimizer, MemoryPart::OptimizerState);
        checkpointBytes_ = headroom::checkpointBytes(state);
    }

    TrainStep& step() { return *step_; }
    std::uint64_t checkpointBytes() const { return checkpointBytes_; }

private:
    std::optional<TrainStep> step_;
    std::uint64_t checkpointBytes_ = 0;
};

class TrainingRecorder {
public:
    TrainingRecorder(const RunConfig& config, SimulatedDevice& device)
        : config_(config), device_(device), recorder_(device.recorder()),
          mixture_(
              {config.training.batchSize, config.audio.channels, samples(config, config.audio.segmentLength)},
              device),
          targets_({config.training.batchSize, static_cast<std::int64_t>(config.data.targets.size()),
                    config.audio.channels, samples(config, config.audio.segmentLength)},
                   device),
          made_(config, device), step_(made_.step()) {
        step_.setPhaseObserver([this](Phase phase) { begin(phase); });
    }

    std::uint64_t checkpointBytes() const { return made_.checkpointBytes(); }

    void record() {
        device_.repeat(updates, [this] { update(); });
    }

private:
    void begin(Phase phase) {
        if (phase == Phase::Backward)
            recorder_.assignLiving(forwardBegin_, MemoryPart::SavedActivations);
        device_.beginPhase(phaseName(phase), workPart(phase));
        if (phase == Phase::Forward)
            forwardBegin_ = recorder_.position();
    }

    void microBatch() {
        step_.forwardBackward(mixture_.tensor(), targets_.tensor(),
                              1.0 / config_.training.gradientAccumulationSteps);
        for (const auto& entry : step_.model().parameters().entries())
            device_.assign(entry.value.grad(), MemoryPart::Gradients);
    }

    /// The first micro-batch makes the gradients, those behind it add to them and are all alike.
    void update() {
        const int steps = config_.training.gradientAccumulationSteps;
        microBatch();
        if (steps > 1)
            device_.repeat(steps - 1, [this] { microBatch(); });
        step_.update(config_.training.learningRate);
    }

    const RunConfig& config_;
    SimulatedDevice& device_;
    StreamRecorder& recorder_;
    HostAudio mixture_;
    HostAudio targets_;
    SteppedStage made_;
    TrainStep& step_;
    std::int64_t forwardBegin_ = 0;
};

/// One chunk through the model without gradients, as separation sends them.
void separate(const BsMamba2& model, const RunConfig& config, SimulatedDevice& device) {
    const std::int64_t frames =
        std::max(samples(config, config.separation.chunkSeconds), model.shape().nFft / 2 + 1);
    const HostAudio mixture({1, config.audio.channels, frames}, device);
    const at::NoGradGuard guard;
    const at::Tensor weight = model.parameters().entries().front().value;
    device.beginPhase("separate", CostPart::Forward);
    model.forward(mixture.tensor().to(weight.options()));
}

} // namespace

Recording recordTraining(const RunConfig& config, const Card& card, ScanForm scan, Repetition repetition) {
    Stage stage(card, scan, repetition);
    Recording recording;
    {
        const RunConfig acting = actingOn(stage.device, config);
        TrainingRecorder recorder(acting, stage.device);
        recorder.record();
        recording.checkpointBytes = recorder.checkpointBytes();
    }
    const CostCounter& work = stage.device.work();
    constexpr double share = 1.0 / updates;
    recording.work = {work[CostPart::Forward] * share, work[CostPart::Recompute] * share,
                      work[CostPart::Backward] * share, work[CostPart::Update] * share};
    recording.stream = stage.device.recorder().take();
    return recording;
}

Recording recordSeparation(const RunConfig& config, const Card& card) {
    Stage stage(card);
    {
        stage.device.beginPhase("setup", CostPart::Setup);
        BsMamba2 model(modelShape(config), at::kMeta, at::kFloat, 0);
        if (config.training.precision == Precision::Bf16 && hasFastBfloat16(card)) // as loadModel() does
            model.setPrecision(at::kBFloat16);
        separate(model, config, stage.device);
    }
    return {.stream = stage.device.recorder().take()};
}

Recording recordValidation(const RunConfig& config, const Card& card) {
    Stage stage(card);
    {
        SteppedStage made(config, stage.device);
        separate(made.step().model(), config, stage.device);
    }
    return {.stream = stage.device.recorder().take()};
}

} // namespace headroom
