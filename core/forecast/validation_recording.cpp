// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/validation_recording.h"

#include "core/config/audio_length.h"
#include "core/model/compute_device.h"
#include "core/separate/separate_segment.h"
#include "core/train/device_cache.h"
#include "core/values/run_phase.h"

#include <algorithm>

namespace headroom {
namespace {

/// Separates batches of segments of one length on a simulated device.
class SegmentRecorder {
public:
    SegmentRecorder(const BandSplitModel& model, const RunConfig& config, int batch, SimulatedDevice& device)
        : model_(model), device_(device),
          mixture_(
              {batch, config.audio.channels,
               std::max(samplesIn(config.audio, config.separation.chunkSeconds), model.shape().nFft / 2 + 1)},
              device) {
        device_.beginPhase(separationPhase, CostPart::Forward);
    }

    void one() { separateOnDevice(model_, mixture_.tensor()); }
    void song() {
        device_.repeat(mostRepetitions, [this] { one(); });
    }

private:
    const BandSplitModel& model_;
    SimulatedDevice& device_;
    HostAudio mixture_;
};

} // namespace

Recording recordValidation(const RunConfig& config, const Card& card) {
    Simulation simulation(card);
    StreamRecorder& recorder = simulation.device.recorder();
    {
        SimulatedTraining training(config, simulation.device);
        const TrainStep::EmaWeights averaged(training.step());
        SegmentRecorder validation(training.step().model(), training.config(), 1, simulation.device);
        validation.one();
        releaseCache(at::kMeta);
        recorder.beginStage(runPhaseName(RunPhase::Validation));
        validation.song();
        releaseCache(at::kMeta);
        // A checkpoint copies the state to host memory, which takes no device memory.
        recorder.beginStage(runPhaseName(RunPhase::Checkpoint));
    }
    return {.stream = recorder.take()};
}

Recording recordSeparation(const RunConfig& config, const Card& card) {
    Simulation simulation(card);
    {
        simulation.device.beginPhase("setup", CostPart::Setup);
        BandSplitModel model(modelShape(config), at::kMeta, at::kFloat, 0);
        model.setKernels(config.model.kernels);
        if (config.training.precision == Precision::Bf16 && hasFastBfloat16(card)) // as loadModel() does
            model.setPrecision(at::kBFloat16);
        const int batch = std::max(1, config.separation.batchSize);
        SegmentRecorder(model, config, batch, simulation.device).song();
    }
    return {.stream = simulation.device.recorder().take()};
}

} // namespace headroom
