// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/checkpoint_keeper.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <utility>

namespace headroom {

CheckpointKeeper::CheckpointKeeper(const RunFolder* folder, const TrainingConfig& training, EventSink emit)
    : folder_(folder), schedule_(training.saveEveryNMinutes, SaveSchedule::Clock::now()),
      emit_(std::move(emit)) {
    if (folder_ == nullptr)
        return;
    store_.emplace(folder_->paths().checkpoints());
    store_->prepare();
    const auto steps = store_->steps();
    if (!steps.empty())
        lastSaved_ = steps.front();
}

void CheckpointKeeper::requireSpace(std::uint64_t checkpointBytes, int keepLast) const {
    if (folder_ != nullptr)
        requireSpaceForCheckpoints(folder_->paths().checkpoints(), checkpointBytes, keepLast,
                                   static_cast<int>(store_->steps().size()));
}

bool CheckpointKeeper::save(const Checkpoint& checkpoint, int keepLast) {
    if (folder_ == nullptr)
        return true;
    const std::int64_t step = checkpoint.state.progress.step;
    try {
        for (const std::string& notice : folder_->restore(checkpoint.config))
            emit_(Notice{notice});
        store_->save(step, [&](const std::filesystem::path& folder) { writeCheckpoint(folder, checkpoint); });
    } catch (const RunTakenOver&) {
        throw;
    } catch (const Error& error) {
        lastFailure_ = error.message();
        emit_(SaveFailed{step, lastFailure_, schedule_.failed(SaveSchedule::Clock::now())});
        return false;
    }
    unsaved_ = false;
    lastSaved_ = step;
    lastFailure_.clear();
    schedule_.saved(SaveSchedule::Clock::now());
    markAndRotate(checkpoint.state.best, keepLast);
    emit_(CheckpointSaved{step, store_->path(step).string()});
    return true;
}

void CheckpointKeeper::markAndRotate(const std::optional<BestValidation>& best, int keepLast) {
    try {
        if (best && store_->best() != best->step && store_->contains(best->step))
            store_->markBest(best->step);
        store_->rotate(keepLast, best ? std::optional(best->step) : std::nullopt);
        rotationFailed_ = false;
    } catch (const Error& error) {
        if (!std::exchange(rotationFailed_, true))
            emit_(Notice{"the checkpoint is saved, but old ones could not be removed: " + error.message()});
    }
}

std::string CheckpointKeeper::unsavedText(std::int64_t step) const {
    if (!unsaved_)
        return {};
    const std::string lost = lastSaved_
                                 ? fmt::format("everything after step {}, up to step {}", *lastSaved_, step)
                                 : fmt::format("everything up to step {}", step);
    return lastFailure_.empty() ? lost : fmt::format("{} ({})", lost, lastFailure_);
}

} // namespace headroom
