#include "core/train/checkpoint_keeper.h"

#include "core/support/error.h"

#include <fmt/format.h>

namespace headroom {

namespace fs = std::filesystem;

CheckpointKeeper::CheckpointKeeper(const fs::path& folder, const TrainingConfig& training, EventSink emit)
    : store_(folder), schedule_(training.saveEveryNMinutes, SaveSchedule::Clock::now()),
      emit_(std::move(emit)) {
    store_.prepare();
    const auto steps = store_.steps();
    if (!steps.empty())
        lastSaved_ = steps.front();
}

bool CheckpointKeeper::save(const Checkpoint& checkpoint, int keepLast) {
    const std::int64_t step = checkpoint.state.progress.step;
    try {
        store_.save(step, [&](const fs::path& folder) { writeCheckpoint(folder, checkpoint); });
        if (checkpoint.state.best && checkpoint.state.best->step == step)
            store_.markBest(step);
        store_.rotate(keepLast);
    } catch (const Error& error) {
        lastFailure_ = error.message();
        emit_(SaveFailed{step, lastFailure_, schedule_.failed(SaveSchedule::Clock::now())});
        return false;
    }
    unsaved_ = false;
    lastSaved_ = step;
    lastFailure_.clear();
    schedule_.saved(SaveSchedule::Clock::now());
    emit_(CheckpointSaved{step, store_.path(step).string()});
    return true;
}

std::string CheckpointKeeper::unsavedText(std::int64_t step) const {
    if (!unsaved_)
        return {};
    const std::string lost =
        lastSaved_ ? fmt::format("what was done after step {}, up to step {}", *lastSaved_, step)
                   : fmt::format("everything up to step {}", step);
    return lastFailure_.empty() ? lost : fmt::format("{} ({})", lost, lastFailure_);
}

} // namespace headroom
