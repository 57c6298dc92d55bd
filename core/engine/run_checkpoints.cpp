#include "core/engine/run_checkpoints.h"

#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/train/run_folder.h"
#include "core/weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace headroom {
namespace {

std::optional<double> number(const nlohmann::json& score, const char* name) {
    const auto found = score.find(name);
    return found != score.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

/// Of the weights' metadata.
std::map<std::string, StemScore> metricsOf(const std::string& text) {
    std::map<std::string, StemScore> metrics;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return metrics;
    for (const auto& [stem, score] : json.items())
        metrics[stem] = {number(score, "cSDR"), number(score, "uSDR"), number(score, "SI-SDR")};
    return metrics;
}

} // namespace

std::vector<CheckpointInfo> checkpointsOfRun(const std::string& runFolder) {
    const CheckpointStore store(RunPaths{runFolder}.checkpoints());
    const std::optional<std::int64_t> best = store.best();
    std::vector<CheckpointInfo> checkpoints;
    for (const std::int64_t step : store.steps()) {
        try {
            const auto metadata = readSafetensorsMetadata((store.path(step) / weightsFileName).string());
            CheckpointInfo info{step, std::stoi(metadata.at("epoch")), step == best, {}};
            if (metadata.contains("metrics"))
                info.metrics = metricsOf(metadata.at("metrics"));
            checkpoints.push_back(std::move(info));
        } catch (const std::exception&) { // damaged, or removed by the run meanwhile: not one to listen to
            continue;
        }
    }
    return checkpoints;
}

} // namespace headroom
