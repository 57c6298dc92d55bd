// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_session.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/train/run_folder.h"
#include "core/train/save_schedule.h"

#include <optional>
#include <string>

namespace headroom {

/// Saves the checkpoints of a run: decides when, retries after failures, marks the best and removes old ones.
/// A checkpoint that cannot be written is an event and does not end the run. One thread.
class CheckpointKeeper {
public:
    /// Creates the folder for checkpoints. Throws Error.
    /// @param folder must outlive this object; null on a rank that does not own the run folder: nothing is
    ///               due there, and save() has nothing to do
    CheckpointKeeper(const RunFolder* folder, const TrainingConfig& training, EventSink emit);

    /// Throws Error unless the disk has space for the checkpoints to come.
    /// @param checkpointBytes size of a checkpoint
    void requireSpace(std::uint64_t checkpointBytes, int keepLast) const;

    SaveSchedule& schedule() { return schedule_; }

    /// Records that the run has changed since the last checkpoint.
    void markUnsaved() { unsaved_ = folder_ != nullptr; }

    bool due() const { return unsaved_ && schedule_.due(SaveSchedule::Clock::now()); }

    /// Saves a checkpoint, then marks the best one and removes old ones, but never the best one of the state.
    /// A failure of the latter is a Notice, and the next checkpoint repeats it. Emits CheckpointSaved or
    /// SaveFailed. Throws RunTakenOver if another program has taken over the folder.
    /// @return whether the checkpoint was written
    bool save(const Checkpoint& checkpoint, int keepLast);

    /// The step of the newest checkpoint, if there is one.
    std::optional<std::int64_t> lastSaved() const { return lastSaved_; }

    /// Describes for the user what would be lost if the run ended now; empty if nothing.
    std::string unsavedText(std::int64_t step) const;

private:
    void markAndRotate(const std::optional<BestValidation>& best, int keepLast);

    const RunFolder* folder_;
    std::optional<CheckpointStore> store_; ///< absent without a folder
    SaveSchedule schedule_;
    EventSink emit_;
    bool unsaved_ = false;
    bool rotationFailed_ = false; ///< and a Notice was emitted
    std::optional<std::int64_t> lastSaved_;
    std::string lastFailure_;
};

} // namespace headroom
