// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/replay.h"
#include "core/cards/cards.h"
#include "core/config/audio_length.h"
#include "core/forecast/step_recording.h"
#include "core/monitor/counting_allocator.h"
#include "core/train/step_results.h"
#include "core/train/train_step.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace headroom::test {

/// A batch on memory of `numbers`, so that its bytes are not counted: in training, the loader owns batches.
inline at::Tensor uncountedBatch(const RunConfig& config, std::vector<std::int64_t> shape,
                                 std::vector<float>& numbers) {
    shape.push_back(segmentSamples(config.audio));
    std::int64_t count = 1;
    for (const std::int64_t size : shape)
        count *= size;
    numbers.assign(static_cast<std::size_t>(count), 0.125F);
    return at::from_blob(numbers.data(), shape, at::kFloat);
}

/// Measured peak of two training steps on the CPU in bytes. Requires countCpuTensors().
inline std::int64_t measuredCpuPeak(const RunConfig& config, ScanForm scan = ScanForm::OfDevice) {
    const ScanFormGuard guard(scan);
    const int stems = static_cast<int>(config.data.targets.size());
    const int batch = config.training.batchSize;
    std::vector<float> mixed;
    std::vector<float> separate;
    const at::Tensor mixture = uncountedBatch(config, {batch, config.audio.channels}, mixed);
    const at::Tensor targets = uncountedBatch(config, {batch, stems, config.audio.channels}, separate);
    const std::int64_t before = takeCountedBytes().allocated;
    TrainStep step(config, at::kCPU);
    StepResults results(at::kCPU);
    const int stepsPerUpdate = config.training.gradientAccumulationSteps;
    for (int update = 0; update < 2; ++update) {
        for (int i = 0; i < stepsPerUpdate; ++i)
            results.setLoss(step.forwardBackward(mixture, targets, 1.0 / stepsPerUpdate));
        results.setUpdate(step.update(1e-4));
    }
    return takeCountedBytes().peak - before;
}

/// Forecast of the same peak.
inline std::int64_t forecastCpuPeak(const RunConfig& config, ScanForm scan = ScanForm::OfDevice) {
    const Recording recording = recordSteps(config, cpuCard(), scan);
    return replay(recording.stream,
                  {.capacity = std::numeric_limits<std::int64_t>::max() / 2, .caching = false})
        .statistics.allocatedPeak;
}

} // namespace headroom::test
