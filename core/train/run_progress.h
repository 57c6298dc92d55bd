#pragma once

#include "core/config/run_config.h"

#include <cstdint>

namespace headroom {

/// Where a run is. Saved with each checkpoint; a run goes on from these numbers alone.
struct RunProgress {
    std::int64_t step = 0;        ///< steps done
    std::int64_t update = 0;      ///< optimizer updates done
    int epoch = 1;                ///< the epoch that the next step belongs to
    int epochStep = 0;            ///< steps of it done
    std::int64_t nextExample = 0; ///< the first example of the next batch
    int groupSize = 0;            ///< steps in the accumulation group under way; 0: the next step opens one
    int groupStep = 0;            ///< steps of it done
    std::int64_t skippedUpdates = 0; ///< updates skipped because they were not finite
    bool validationDue = false;      ///< the epoch before `epoch` still waits for its validation

    /// Opens an accumulation group where none is under way. Its size is final: a change of the setting acts
    /// on the next group, and the last group of an epoch is no longer than what is left of the epoch, so that
    /// each of its losses can be divided by the true size.
    void openGroup(const TrainingConfig& training);

    /// Counts one step of `batchSize` examples. True where it completes its group, so that an update is due.
    bool finishStep(int batchSize);

    /// Counts the group's update, which the optimizer either did or skipped.
    void finishGroup(bool skipped);

    /// True where the epoch's steps are done and no group is under way. A group outlives the epoch only where
    /// steps_per_epoch was lowered within it.
    bool epochDone(const TrainingConfig& training) const;

    /// Goes on to the next epoch.
    void finishEpoch(const TrainingConfig& training);

    bool operator==(const RunProgress&) const = default;
};

/// Steps of the whole run, at most maxSteps where that is not 0.
std::int64_t totalSteps(const TrainingConfig& training, std::int64_t maxSteps);

/// Steps between where the run is and its end.
std::int64_t remainingSteps(const RunProgress& progress, const TrainingConfig& training,
                            std::int64_t maxSteps);

} // namespace headroom
