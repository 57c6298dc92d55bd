// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/lost_checkpoints.h"

#include "core/support/error.h"
#include "core/train/journal.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>

namespace headroom {

void requireNoLostCheckpoints(const RunPaths& paths) {
    std::error_code error;
    if (!std::filesystem::exists(paths.journal(), error))
        return;
    std::optional<std::int64_t> saved;
    readJournalInBlocks(paths.journal(), 0, {}, [&](const std::vector<TimedEvent>& events, std::uint64_t) {
        for (const TimedEvent& timed : events) {
            if (const auto* checkpoint = std::get_if<CheckpointSaved>(&timed.event))
                saved = checkpoint->step;
        }
    });
    if (saved)
        throw Error(
            ErrorKind::Input,
            fmt::format("the checkpoints of the run are missing; its journal has one at step {}", *saved),
            paths.checkpoints().string(), "Restore them, or start a new run in another folder.");
}

} // namespace headroom
