// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/step_timing.h"

#include "core/config/audio_length.h"
#include "core/train/train_step.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

namespace headroom {

double timeStep(const RunConfig& config, c10::Device device, int times, const SecondsClock& clock) {
    TrainStep step(config, device);
    const std::int64_t samples = segmentSamples(config.audio);
    const std::int64_t batch = config.training.batchSize;
    const at::Tensor mixture = at::arange(batch * config.audio.channels * samples, at::kFloat)
                                   .mul_(0.37)
                                   .sin_()
                                   .mul_(0.1)
                                   .view({batch, config.audio.channels, samples});
    const at::Tensor targets =
        mixture.unsqueeze(1).repeat({1, static_cast<std::int64_t>(config.data.targets.size()), 1, 1});
    const int stepsPerUpdate = config.training.gradientAccumulationSteps;
    double fastest = std::numeric_limits<double>::max();
    for (int update = 0; update <= times; ++update) {
        const double begin = clock();
        for (int i = 0; i < stepsPerUpdate; ++i)
            step.forwardBackward(mixture, targets, 1.0 / stepsPerUpdate);
        step.update(config.training.learningRate).gradNorm.item<double>(); // waits for the device
        if (update > 0)
            fastest = std::min(fastest, clock() - begin);
    }
    return fastest;
}

} // namespace headroom
