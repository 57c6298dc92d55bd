// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/rank_share.h"

#include "core/support/error.h"
#include "core/support/rounding.h"

#include <fmt/format.h>

namespace headroom {

bool canShareSteps(const TrainingConfig& training, int ranks) {
    return training.gradientAccumulationSteps % ranks == 0;
}

void requireSharedSteps(const TrainingConfig& training, int ranks) {
    if (canShareSteps(training, ranks))
        return;
    const int steps = training.gradientAccumulationSteps;
    const int below = steps / ranks * ranks;
    throw Error(
        ErrorKind::Input,
        fmt::format("{} ranks cannot share training.gradient_accumulation_steps, {}, equally", ranks, steps),
        {},
        below == 0
            ? fmt::format("The nearest number that they can share is {}.", ranks)
            : fmt::format("The nearest numbers that they can share are {} and {}.", below, below + ranks));
}

RunConfig shareOfRank(const RunConfig& config, int ranks) {
    RunConfig share = config;
    share.training.gradientAccumulationSteps = divideUp(config.training.gradientAccumulationSteps, ranks);
    share.training.stepsPerEpoch = divideUp(config.training.stepsPerEpoch, ranks);
    return share;
}

} // namespace headroom
