// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cstdint>

namespace headroom {

/// Position of a run. Every checkpoint contains it, and resuming needs nothing else to continue the data.
struct RunProgress {
    std::int64_t step = 0;           ///< completed steps
    std::int64_t update = 0;         ///< completed optimizer updates
    int epoch = 1;                   ///< epoch of the next step
    int epochStep = 0;               ///< completed steps of that epoch
    std::int64_t nextExample = 0;    ///< first example of the next batch
    int groupSize = 0;               ///< steps of the open accumulation group; 0: the next step opens one
    int groupStep = 0;               ///< completed steps of that group
    std::int64_t skippedUpdates = 0; ///< updates skipped because loss or gradient was not finite
    bool validationDue = false;      ///< the previous epoch has not been validated yet

    /// Opens an accumulation group unless one is open. The size is fixed then, because losses are divided by
    /// it: a changed option applies to the next group, and the last group of an epoch has the remaining
    /// steps.
    void openGroup(const TrainingConfig& training);

    /// Counts steps of `batchSize` examples each, which several ranks did at the same time. Returns true if
    /// they complete their group, so that an update is due.
    bool finishStep(int batchSize, int steps = 1);

    /// Counts the update of the group, done or skipped, and closes the group.
    void finishGroup(bool skipped);

    /// True if all steps of the epoch are done and no group is open. A group is open at the end of an epoch
    /// only if steps_per_epoch was lowered during the group.
    bool epochDone(const TrainingConfig& training) const;

    /// Advances to the next epoch.
    void finishEpoch(const TrainingConfig& training);

    bool operator==(const RunProgress&) const = default;
};

/// Total steps of a run, at most maxSteps unless that is 0.
std::int64_t totalSteps(const TrainingConfig& training, std::int64_t maxSteps);

/// Steps until the end of the run.
std::int64_t remainingSteps(const RunProgress& progress, const TrainingConfig& training,
                            std::int64_t maxSteps);

} // namespace headroom
