// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// The first step also allocates persistent memory.
constexpr int steps = 2;

/// The form of mixers on a card. If the card is not in this machine, assumes that nothing is missing there.
ScanForm scanFormOf(const Card& card) {
    if (card.computeMajor == 0)
        return ScanForm::CpuKernels;
    if (!card.device.empty())
        return scanForm(c10::Device(card.device));
    return hasFastBfloat16(card) ? ScanForm::CudaKernels : ScanForm::Operators;
}

/// A simulated device, with the form of scans that the real one would use.
struct Simulation {
    explicit Simulation(const Card& card, ScanForm scan = ScanForm::OfDevice,
                        Repetition repetition = Repetition::Deduplicate)
        : device(card, repetition == Repetition::Deduplicate),
          scanForm(scan != ScanForm::OfDevice ? scan : scanFormOf(card)) {}

    SimulatedDevice device;
    ScanFormGuard scanForm;
};

/// Stand-in for the audio of a batch in host memory. Not counted as device memory; its contents are never
/// read.
class HostAudio {
public:
    HostAudio(at::IntArrayRef shape, SimulatedDevice& device) {
        const SimulatedDevice::Pause pause(device);
        tensor_ = device.isCpu() ? at::empty(shape, at::TensorOptions().device(at::kMeta).dtype(at::kFloat))
                                 : at::from_blob(&dummy_, shape, at::kFloat);
    }
    HostAudio(const HostAudio&) = delete;
    HostAudio& operator=(const HostAudio&) = delete;

    const at::Tensor& tensor() const { return tensor_; }

private:
    float dummy_ = 0;
    at::Tensor tensor_;
};

/// The configuration that takes effect on this device: the CPU cannot offload to other memory.
RunConfig effectiveConfig(const SimulatedDevice& device, RunConfig config) {
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

CostPart costPart(Phase phase) {
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

/// Creates the TrainStep on the device and assigns the purpose of its state.
class SimulatedStep {
public:
    SimulatedStep(const RunConfig& config, SimulatedDevice& device) {
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
          simulated_(config, device), step_(simulated_.step()) {
        step_.setPhaseObserver([this](Phase phase) { begin(phase); });
    }

    std::uint64_t checkpointBytes() const { return simulated_.checkpointBytes(); }

    void record() {
        device_.repeat(steps, [this] { recordStep(); });
    }

private:
    void begin(Phase phase) {
        if (phase == Phase::Backward) {
            // TrainStep copies the batch to the device in this scope.
            recorder_.assignModule(forwardBegin_, recorder_.name("batch"), MemoryPart::Batch);
            recorder_.assignLive(forwardBegin_, MemoryPart::SavedActivations);
        }
        device_.beginPhase(phaseName(phase), costPart(phase));
        if (phase == Phase::Forward)
            forwardBegin_ = recorder_.position();
    }

    void recordMicroBatch() {
        step_.forwardBackward(mixture_.tensor(), targets_.tensor(),
                              1.0 / config_.training.gradientAccumulationSteps);
        for (const auto& entry : step_.model().parameters().entries())
            device_.assign(entry.value.grad(), MemoryPart::Gradients);
    }

    /// The first micro-batch allocates the gradients; the others accumulate into them and are all alike.
    void recordStep() {
        const int microBatches = config_.training.gradientAccumulationSteps;
        recordMicroBatch();
        if (microBatches > 1)
            device_.repeat(microBatches - 1, [this] { recordMicroBatch(); });
        step_.update(config_.training.learningRate);
    }

    const RunConfig& config_;
    SimulatedDevice& device_;
    StreamRecorder& recorder_;
    HostAudio mixture_;
    HostAudio targets_;
    SimulatedStep simulated_;
    TrainStep& step_;
    std::int64_t forwardBegin_ = 0;
};

/// Runs one segment through the model without gradients, as separation does.
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
    Simulation simulation(card, scan, repetition);
    Recording recording;
    {
        const RunConfig effective = effectiveConfig(simulation.device, config);
        TrainingRecorder recorder(effective, simulation.device);
        recorder.record();
        recording.checkpointBytes = recorder.checkpointBytes();
    }
    const CostCounter& cost = simulation.device.cost();
    constexpr double share = 1.0 / steps;
    recording.cost = {cost[CostPart::Forward] * share, cost[CostPart::Recompute] * share,
                      cost[CostPart::Backward] * share, cost[CostPart::Update] * share};
    recording.stream = simulation.device.recorder().take();
    return recording;
}

Recording recordSeparation(const RunConfig& config, const Card& card) {
    Simulation simulation(card);
    {
        simulation.device.beginPhase("setup", CostPart::Setup);
        BsMamba2 model(modelShape(config), at::kMeta, at::kFloat, 0);
        model.setKernels(config.model.kernels);
        if (config.training.precision == Precision::Bf16 && hasFastBfloat16(card)) // as loadModel() does
            model.setPrecision(at::kBFloat16);
        separate(model, config, simulation.device);
    }
    return {.stream = simulation.device.recorder().take()};
}

Recording recordValidation(const RunConfig& config, const Card& card) {
    Simulation simulation(card);
    {
        SimulatedStep simulated(config, simulation.device);
        separate(simulated.step().model(), config, simulation.device);
    }
    return {.stream = simulation.device.recorder().take()};
}

} // namespace headroom
