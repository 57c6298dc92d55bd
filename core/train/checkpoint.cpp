// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/checkpoint.h"

#include "core/config/config_file.h"
#include "core/model/adapters.h"
#include "core/support/error.h"
#include "core/support/version.h"
#include "core/train/run_state_json.h"
#include "core/values/metric.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace headroom {
namespace {

namespace fs = std::filesystem;
using Metadata = std::map<std::string, std::string>;

constexpr const char* weightsFormat = "headroom-weights-1";
constexpr const char* adaptersFormat = "headroom-adapters-1";
constexpr std::string_view stateFormats = "headroom-state-";
constexpr const char* stateFormat = "headroom-state-1";

struct Part {
    const char* prefix;
    TensorMap TrainStep::State::*tensors;
};
constexpr std::array<Part, 5> parts = {{{"weights/", &TrainStep::State::weights},
                                        {"adapters/", &TrainStep::State::adapters},
                                        {"ema/", &TrainStep::State::ema},
                                        {"optimizer/", &TrainStep::State::optimizer},
                                        {"group/", &TrainStep::State::group}}};

/// Tensors with their averages in place of those that have one.
TensorMap averaged(TensorMap tensors, const TensorMap& averages) {
    for (auto& [name, tensor] : tensors) {
        if (const auto found = averages.find(name); found != averages.end())
            tensor = found->second;
    }
    return tensors;
}

std::string metricsJson(const std::map<std::string, StemScore>& metrics) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const auto& [stem, score] : metrics) {
        for (const MetricInfo& metric : allMetrics()) {
            const std::optional<double>& value = score.*metric.score;
            json[stem][metric.name] = value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
        }
    }
    return json.dump();
}

/// The training progress of the weights.
Metadata progressOf(const RunProgress& progress) {
    // The epoch of the last step: between epochs, progress.epoch is already the next one.
    const int epoch = progress.epochStep > 0 ? progress.epoch : std::max(1, progress.epoch - 1);
    return {{"step", std::to_string(progress.step)},
            {"update", std::to_string(progress.update)},
            {"epoch", std::to_string(epoch)}};
}

/// @param format of the tensors
Metadata publishedMetadata(const Checkpoint& checkpoint, const char* format) {
    Metadata metadata = progressOf(checkpoint.state.progress);
    metadata["format"] = "pt"; // some readers require it
    metadata["headroom_format"] = format;
    metadata["version"] = version();
    metadata["config"] = dumpConfig(checkpoint.config);
    if (!checkpoint.metrics.empty())
        metadata["metrics"] = metricsJson(checkpoint.metrics);
    return metadata;
}

/// Writes the weights to separate with and, apart from them, their adapters.
void writeWeights(const fs::path& folder, const Checkpoint& checkpoint) {
    const TrainStep::State& state = checkpoint.tensors;
    const TensorMap adapters = averaged(state.adapters, state.ema);
    writeSafetensors((folder / weightsFileName).string(),
                     mergedWeights(averaged(state.weights, state.ema), adapters),
                     publishedMetadata(checkpoint, weightsFormat), Checksum::Tensors);
    if (!adapters.empty())
        writeSafetensors((folder / adaptersFileName).string(), adapters,
                         publishedMetadata(checkpoint, adaptersFormat), Checksum::Tensors);
}

void writeState(const fs::path& path, const Checkpoint& checkpoint) {
    TensorMap tensors;
    for (const Part& part : parts) {
        for (const auto& [name, tensor] : checkpoint.tensors.*part.tensors)
            tensors.emplace(part.prefix + name, tensor);
    }
    writeSafetensors(path.string(), tensors,
                     {{"format", stateFormat},
                      {"version", version()},
                      {"config", dumpConfig(checkpoint.config)},
                      {"state", runStateToJson(checkpoint.state)}});
}

const std::string& entry(const Metadata& metadata, const char* key, const fs::path& path) {
    const auto found = metadata.find(key);
    if (found == metadata.end())
        throw Error(ErrorKind::Input, std::string("the file has no entry '") + key + "'", path.string(),
                    "It is damaged, or was not written by Headroom.");
    return found->second;
}

TensorMap withoutPrefix(const TensorMap& tensors, std::string_view prefix) {
    TensorMap part;
    for (const auto& [name, tensor] : tensors) {
        if (name.starts_with(prefix))
            part.emplace(name.substr(prefix.size()), tensor);
    }
    return part;
}

void requireFormat(const Metadata& metadata, const fs::path& path) {
    const std::string& format = entry(metadata, "format", path);
    if (format == stateFormat)
        return;
    const bool isOtherVersion = format.starts_with(stateFormats); // the file is not damaged
    throw Error(isOtherVersion ? ErrorKind::Failure : ErrorKind::Input,
                "the state has an unknown format: " + format, path.string(),
                "Resume the run with the version of Headroom that wrote it.");
}

/// Verifies a file of weights or adapters. readSafetensors() checks the checksum only if it finds one, so its
/// presence is required here. The checksum of the tensors does not cover the metadata, which is compared with
/// the state. Files of older versions have a checksum of everything.
void requireWhole(const fs::path& path, const Metadata& expected) {
    const Safetensors file = readSafetensors(path.string(), [](const std::string&) { return false; });
    if (!file.metadata.contains(tensorsChecksumKey)) {
        entry(file.metadata, checksumKey, path);
        return;
    }
    for (const auto& [key, value] : expected) {
        if (entry(file.metadata, key.c_str(), path) != value)
            throw Error(ErrorKind::Input, "the entry '" + key + "' differs from that of the state",
                        path.string(), "The file is damaged, or was changed by another program.");
    }
}

} // namespace

void writeCheckpoint(const fs::path& folder, const Checkpoint& checkpoint) {
    writeWeights(folder, checkpoint);
    writeState(folder / stateFileName, checkpoint);
}

Checkpoint readCheckpoint(const fs::path& folder) {
    const fs::path path = folder / stateFileName;
    const Safetensors file = readSafetensors(path.string());
    entry(file.metadata, checksumKey, path);
    requireFormat(file.metadata, path);
    Checkpoint checkpoint;
    checkpoint.config = parseConfig(entry(file.metadata, "config", path), path.string());
    checkpoint.state = runStateFromJson(entry(file.metadata, "state", path));
    for (const Part& part : parts)
        checkpoint.tensors.*part.tensors = withoutPrefix(file.tensors, part.prefix);
    // A checkpoint with damaged weights must count as damaged: rotation would keep it instead of a good one.
    Metadata expected = progressOf(checkpoint.state.progress);
    expected["config"] = entry(file.metadata, "config", path);
    requireWhole(folder / weightsFileName, expected);
    if (!checkpoint.tensors.adapters.empty())
        requireWhole(folder / adaptersFileName, expected);
    return checkpoint;
}

RunConfig readCheckpointConfig(const fs::path& folder) {
    const fs::path path = folder / stateFileName;
    const Metadata metadata = readSafetensorsMetadata(path.string());
    requireFormat(metadata, path);
    return parseConfig(entry(metadata, "config", path), path.string());
}

std::map<std::string, StemScore> storedScores(const Metadata& metadata) {
    std::map<std::string, StemScore> scores;
    const auto entry = metadata.find("metrics");
    if (entry == metadata.end())
        return scores;
    const auto json = nlohmann::json::parse(entry->second, nullptr, false);
    if (!json.is_object())
        return scores;
    for (const auto& [stem, stored] : json.items()) {
        for (const MetricInfo& metric : allMetrics()) {
            if (const auto found = stored.find(metric.name); found != stored.end() && found->is_number())
                scores[stem].*metric.score = found->get<double>();
        }
    }
    return scores;
}

std::uint64_t checkpointBytes(const TrainStep::State& state) {
    constexpr std::uint64_t headers = 1 << 20;
    const auto bytes = [](const TensorMap& tensors) {
        std::uint64_t sum = 0;
        for (const auto& [name, tensor] : tensors)
            sum += tensor.nbytes();
        return sum;
    };
    // The published files, and the gradients of an unfinished accumulation group.
    const std::uint64_t copies = 2 * (bytes(state.weights) + bytes(state.adapters));
    return headers + copies + bytes(state.weights) + bytes(state.adapters) + bytes(state.ema) +
           bytes(state.optimizer);
}

} // namespace headroom
