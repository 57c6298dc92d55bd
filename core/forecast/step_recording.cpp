// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/step_recording.h"

#include "core/config/audio_length.h"
#include "core/config/rank_share.h"
#include "core/train/device_cache.h"
#include "core/train/parked_state.h"
#include "core/values/run_phase.h"

#include <algorithm>

namespace headroom {
namespace {

CostPart costPart(Phase phase) {
    switch (phase) {
    case Phase::Forward:
        return CostPart::Forward;
    case Phase::Backward:
        return CostPart::Backward;
    case Phase::Exchange:
    case Phase::Update:
        break;
    }
    return CostPart::Update;
}

class StepRecorder {
public:
    StepRecorder(const RunConfig& config, SimulatedDevice& device, int ranks)
        : device_(device), recorder_(device.recorder()), training_(config, device),
          config_(training_.config()),
          mixture_({config.training.batchSize, config.audio.channels, segmentSamples(config.audio)}, device),
          targets_({config.training.batchSize, static_cast<std::int64_t>(config.data.targets.size()),
                    config.audio.channels, segmentSamples(config.audio)},
                   device) {
        training_.step().setPhaseObserver([this](Phase phase) { begin(phase); });
        if (ranks > 1) // the sum itself allocates nothing on the device
            training_.step().setRankSum([](const at::Tensor& /*bucket*/) {});
    }

    std::uint64_t checkpointBytes() const { return training_.checkpointBytes(); }

    /// Complete accumulation groups in an epoch.
    std::int64_t wholeGroups() const { return config_.training.stepsPerEpoch / stepsPerUpdate(); }

    std::int64_t recordedGroups() const { return std::min(wholeGroups(), mostRepetitions); }

    /// Records complete groups.
    void record() {
        recorder_.beginStage(runPhaseName(RunPhase::Step));
        device_.repeat(recordedGroups(), [this] { recordGroup(stepsPerUpdate()); });
    }

    /// Records the last group of an epoch, which has the remaining steps, and the end. After several complete
    /// groups the last one takes no more memory than they did, and is not recorded.
    void recordRest() {
        const int rest = config_.training.stepsPerEpoch % stepsPerUpdate();
        if (rest > 0 && wholeGroups() == 1) {
            recorder_.beginStage(runPhaseName(RunPhase::Step));
            recordGroup(rest);
        }
        recordPause();
        recorder_.beginStage(endStage);
    }

private:
    /// What is left on a card while the run is paused.
    void recordPause() {
        if (device_.isCpu())
            return;
        recorder_.beginStage(pausingStage);
        const ParkedState parked(training_.step());
        releaseCache(at::kMeta);
        recorder_.beginStage(pausedStage);
    }

    /// Steps of a complete group.
    int stepsPerUpdate() const {
        return std::min(config_.training.gradientAccumulationSteps, config_.training.stepsPerEpoch);
    }

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
        TrainStep& step = training_.step();
        training_.results().setLoss(
            step.forwardBackward(mixture_.tensor(), targets_.tensor(), 1.0 / stepsPerUpdate()));
        for (const auto& entry : step.trained().entries())
            device_.assign(entry.value.grad(), MemoryPart::Gradients);
    }

    /// The first step allocates the gradients; the others accumulate into them and are identical.
    void recordGroup(int steps) {
        recordMicroBatch();
        if (steps > 1)
            device_.repeat(steps - 1, [this] { recordMicroBatch(); });
        training_.results().setUpdate(training_.step().update(config_.training.learningRate));
    }

    SimulatedDevice& device_;
    StreamRecorder& recorder_;
    SimulatedTraining training_;
    const RunConfig& config_;
    HostAudio mixture_;
    HostAudio targets_;
    std::int64_t forwardBegin_ = 0;
};

} // namespace

Recording recordSteps(const RunConfig& config, const Card& card, ScanForm scan, Repetition repetition,
                      int ranks) {
    Simulation simulation(card, scan, repetition);
    Recording recording;
    {
        StepRecorder recorder(shareOfRank(config, ranks), simulation.device, ranks);
        recorder.record();
        const CostCounter& cost = simulation.device.cost();
        const double share = 1.0 / static_cast<double>(recorder.recordedGroups());
        recording.cost = {cost[CostPart::Forward] * share, cost[CostPart::Recompute] * share,
                          cost[CostPart::Backward] * share, cost[CostPart::Update] * share};
        recorder.recordRest();
        recording.checkpointBytes = recorder.checkpointBytes();
    }
    recording.stream = simulation.device.recorder().take();
    return recording;
}

} // namespace headroom
