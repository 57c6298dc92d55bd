// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/run_weights.h"

#include "core/support/error.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/train/lost_checkpoints.h"

#include <fmt/format.h>

namespace headroom {

namespace fs = std::filesystem;

std::vector<RunWeights> weightsOfRun(const fs::path& run, std::optional<std::int64_t> requested) {
    if (!fs::is_directory(run))
        throw Error(ErrorKind::Input, "there is no such run folder", run.string());
    const CheckpointStore store(run / "checkpoints");
    const auto candidate = [&store](std::int64_t step, const char* which) {
        return RunWeights{store.path(step) / weightsFileName,
                          fmt::format("the checkpoint of step {}, {}", step, which)};
    };
    if (requested) {
        if (!store.contains(*requested))
            throw Error(ErrorKind::Input,
                        fmt::format("the run no longer has a checkpoint of step {}", *requested),
                        run.string(), "Choose another checkpoint of the run.");
        return {candidate(*requested, "as requested")};
    }
    const std::optional<std::int64_t> best = store.best();
    std::vector<RunWeights> candidates;
    if (best)
        candidates.push_back(candidate(*best, "with the best validation"));
    const std::vector<std::int64_t> steps = store.steps();
    for (const std::int64_t step : steps) {
        if (step != best)
            candidates.push_back(candidate(step, step == steps.front() ? "the newest" : "an older one"));
    }
    if (candidates.empty()) {
        requireNoLostCheckpoints({run});
        throw Error(ErrorKind::Input, "the run has no checkpoint yet", run.string());
    }
    return candidates;
}

} // namespace headroom
