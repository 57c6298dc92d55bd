#pragma once

#include "core/session/training_session.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/train/save_schedule.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// Saves the checkpoints of a run under way: when they are due, again after a failure, the best one marked,
/// old ones removed. A checkpoint that cannot be written is an event, not the end. One thread.
class CheckpointKeeper {
public:
    /// Makes the folder for checkpoints; throws Error.
    CheckpointKeeper(const std::filesystem::path& folder, const TrainingConfig& training, EventSink emit);

    CheckpointStore& store() { return store_; }
    SaveSchedule& schedule() { return schedule_; }

    /// Something has changed since the last checkpoint.
    void touch() { unsaved_ = true; }

    bool due() const { return unsaved_ && schedule_.due(SaveSchedule::Clock::now()); }

    /// Saves, marks the checkpoint as the best where it is, and rotates. Emits CheckpointSaved or SaveFailed.
    /// False where it could not be written.
    bool save(const Checkpoint& checkpoint, int keepLast);

    /// The step of the newest checkpoint; absent where there is none.
    std::optional<std::int64_t> lastSaved() const { return lastSaved_; }

    /// What would be lost if the run ended now, for a human; empty: nothing.
    std::string unsavedText(std::int64_t step) const;

private:
    CheckpointStore store_;
    SaveSchedule schedule_;
    EventSink emit_;
    bool unsaved_ = false;
    std::optional<std::int64_t> lastSaved_;
    std::string lastFailure_;
};

} // namespace headroom
