// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/run_checkpoints.h"

#include "core/support/error.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/train/run_folder.h"
#include "core/weights/safetensors.h"

#include <filesystem>
#include <optional>
#include <utility>

namespace headroom {
namespace {

/// Absent if the checkpoint is damaged, or the run has removed it meanwhile.
std::optional<CheckpointInfo> infoOf(const std::filesystem::path& folder, std::int64_t step, bool best) {
    try {
        const auto metadata = readSafetensorsMetadata((folder / weightsFileName).string());
        return CheckpointInfo{step, std::stoi(metadata.at("epoch")), best, storedScores(metadata)};
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

} // namespace

std::vector<CheckpointInfo> checkpointsOfRun(const std::string& runFolder) {
    const CheckpointStore store(RunPaths{runFolder}.checkpoints());
    std::vector<CheckpointInfo> checkpoints;
    try {
        const std::optional<std::int64_t> best = store.best();
        for (const std::int64_t step : store.steps()) {
            if (auto info = infoOf(store.path(step), step, step == best))
                checkpoints.push_back(std::move(*info));
        }
    } catch (const Error&) { // NOLINT(bugprone-empty-catch): a folder that cannot be read has none
    }
    return checkpoints;
}

} // namespace headroom
