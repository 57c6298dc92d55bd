// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/run_progress.h"

#include <algorithm>

namespace headroom {

void RunProgress::openGroup(const TrainingConfig& training) {
    if (groupSize > 0)
        return;
    const int left = training.stepsPerEpoch - epochStep;
    groupSize = std::max(1, std::min(training.gradientAccumulationSteps, left));
    groupStep = 0;
}

bool RunProgress::finishStep(int batchSize, int steps) {
    step += steps;
    epochStep += steps;
    groupStep += steps;
    nextExample += std::int64_t{batchSize} * steps;
    return groupStep >= groupSize;
}

void RunProgress::finishGroup(bool skipped) {
    skipped ? ++skippedUpdates : ++update;
    groupSize = 0;
    groupStep = 0;
}

bool RunProgress::epochDone(const TrainingConfig& training) const {
    return groupSize == 0 && epochStep >= training.stepsPerEpoch;
}

void RunProgress::finishEpoch(const TrainingConfig& training) {
    const bool last = epoch >= training.numEpochs;
    validationDue = training.validateEveryNEpochs > 0 && (last || epoch % training.validateEveryNEpochs == 0);
    ++epoch;
    epochStep = 0;
}

std::int64_t totalSteps(const TrainingConfig& training, std::int64_t maxSteps) {
    const std::int64_t all = static_cast<std::int64_t>(training.numEpochs) * training.stepsPerEpoch;
    return maxSteps > 0 ? std::min(all, maxSteps) : all;
}

std::int64_t remainingSteps(const RunProgress& progress, const TrainingConfig& training,
                            std::int64_t maxSteps) {
    const std::int64_t epochs = std::max(0, training.numEpochs - progress.epoch + 1);
    const std::int64_t all = std::max<std::int64_t>(0, epochs * training.stepsPerEpoch - progress.epochStep);
    return maxSteps > 0 ? std::clamp<std::int64_t>(maxSteps - progress.step, 0, all) : all;
}

} // namespace headroom
