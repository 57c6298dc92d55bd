#pragma once

#include "core/session/training_session.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/train/run_folder.h"
#include "core/train/save_schedule.h"

#include <optional>
#include <string>

namespace headroom {

/// Saves the checkpoints of a run under way: when they are due, again after a failure, the best one marked,
/// old ones removed. A checkpoint that cannot be written is an event, not the end. One thread.
class CheckpointKeeper {
public:
    /// Makes the folder for checkpoints; throws Error.
    /// @param folder outlives this object
    CheckpointKeeper(const RunFolder& folder, const TrainingConfig& training, EventSink emit);

    CheckpointStore& store() { return store_; }
    SaveSchedule& schedule() { return schedule_; }

    /// Something has changed since the last checkpoint.
    void touch() { unsaved_ = true; }

    bool due() const { return unsaved_ && schedule_.due(SaveSchedule::Clock::now()); }

    /// Saves, then marks the best and rotates; what fails of these two is a Notice, and is done with the next
    /// checkpoint. The state's best checkpoint is never removed. Emits CheckpointSaved or SaveFailed; false
    /// where it could not be written. Throws RunTakenOver where the folder is no longer this program's alone.
    bool save(const Checkpoint& checkpoint, int keepLast);

    /// The step of the newest checkpoint; absent where there is none.
    std::optional<std::int64_t> lastSaved() const { return lastSaved_; }

    /// What would be lost if the run ended now, for a human; empty: nothing.
    std::string unsavedText(std::int64_t step) const;

private:
    void tidy(const std::optional<BestValidation>& best, int keepLast);

    const RunFolder& folder_;
    CheckpointStore store_;
    SaveSchedule schedule_;
    EventSink emit_;
    bool unsaved_ = false;
    bool untidy_ = false; ///< and that was said
    std::optional<std::int64_t> lastSaved_;
    std::string lastFailure_;
};

} // namespace headroom
