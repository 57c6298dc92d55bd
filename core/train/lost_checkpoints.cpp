#include "core/train/lost_checkpoints.h"

#include "core/support/error.h"
#include "core/train/journal.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>

namespace headroom {

void requireNoneLost(const RunPaths& paths) {
    std::error_code error;
    if (!std::filesystem::exists(paths.journal(), error))
        return;
    std::optional<std::int64_t> saved;
    readJournalInPieces(paths.journal(), 0, {}, [&](const std::vector<TimedEvent>& events, std::uint64_t) {
        for (const TimedEvent& timed : events) {
            if (const auto* checkpoint = std::get_if<CheckpointSaved>(&timed.event))
                saved = checkpoint->step;
        }
    });
    if (saved)
        throw Error(
            ErrorKind::Input,
            fmt::format("the run's checkpoints are gone: its journal tells of one at step {}", *saved),
            paths.checkpoints().string(), "Put them back, or begin a new run in another folder.");
}

} // namespace headroom
