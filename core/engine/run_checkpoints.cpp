// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/run_checkpoints.h"

#include "core/support/error.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/train/run_folder.h"
#include "core/weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <utility>

namespace headroom {
namespace {

std::optional<double> number(const nlohmann::json& score, const char* name) {
    const auto found = score.find(name);
    return found != score.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

/// Parses the metrics in the metadata of the weights.
std::map<std::string, StemScore> metricsOf(const std::string& text) {
    std::map<std::string, StemScore> metrics;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return metrics;
    for (const auto& [stem, score] : json.items())
        metrics[stem] = {number(score, "cSDR"), number(score, "uSDR"), number(score, "SI-SDR")};
    return metrics;
}

/// Absent if the checkpoint is damaged, or the run has removed it meanwhile.
std::optional<CheckpointInfo> infoOf(const std::filesystem::path& folder, std::int64_t step, bool best) {
    try {
        const auto metadata = readSafetensorsMetadata((folder / weightsFileName).string());
        CheckpointInfo info{step, std::stoi(metadata.at("epoch")), best, {}};
        if (metadata.contains("metrics"))
            info.metrics = metricsOf(metadata.at("metrics"));
        return info;
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
