#pragma once

#include "core/allocator/replay.h"
#include "core/cards/cards.h"
#include "core/forecast/step_recording.h"
#include "core/monitor/counting_allocator.h"
#include "core/train/train_step.h"

#include <ATen/ATen.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace headroom::test {

/// A batch in `numbers`, whose bytes are not counted: a training's batches are the loader's.
inline at::Tensor uncountedBatch(const RunConfig& config, std::vector<std::int64_t> shape,
                                 std::vector<float>& numbers) {
    shape.push_back(std::llround(config.audio.segmentLength * config.audio.sampleRate));
    std::int64_t count = 1;
    for (const std::int64_t size : shape)
        count *= size;
    numbers.assign(static_cast<std::size_t>(count), 0.125F);
    return at::from_blob(numbers.data(), shape, at::kFloat);
}

/// The peak of two updates on the CPU, as its allocator counts: countCpuTensors() must have been called.
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
    const int steps = config.training.gradientAccumulationSteps;
    for (int update = 0; update < 2; ++update) {
        for (int i = 0; i < steps; ++i)
            step.forwardBackward(mixture, targets, 1.0 / steps);
        step.update(1e-4);
    }
    return takeCountedBytes().peak - before;
}

/// What the forecast says of the same.
inline std::int64_t forecastCpuPeak(const RunConfig& config, ScanForm scan = ScanForm::OfDevice) {
    const Recording recording = recordTraining(config, cpuCard(), scan);
    return replay(recording.stream,
                  {.capacity = std::numeric_limits<std::int64_t>::max() / 2, .caching = false})
        .statistics.allocatedPeak;
}

} // namespace headroom::test
