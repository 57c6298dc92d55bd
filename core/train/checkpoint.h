// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/train/learning_rate.h"
#include "core/train/run_progress.h"
#include "core/train/train_step.h"
#include "core/values/events.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace headroom {

/// The validation with the best score so far.
struct BestValidation {
    std::int64_t step = 0;
    double score = 0; ///< by training.best_metric of the configuration of the same checkpoint

    bool operator==(const BestValidation&) const = default;
};

/// State that a run needs to resume, besides its tensors and its configuration.
struct ResumeState {
    RunProgress progress;
    LearningRate::State learningRate;
    std::optional<BestValidation> best;
    int microBatch = 0; ///< AccumulationGroup::microBatch()
    int threads = 0;    ///< LibTorch's CPU threads; 0: unknown
};

/// A checkpoint: a folder with safetensors files, each with a checksum.
/// - weights.safetensors: the weights for separation, with EMA the averaged ones, with the adapters merged.
///   Metadata: format, version, config (YAML), step, update, epoch, and metrics if these weights were
///   validated.
/// - adapters.safetensors: with training.lora_rank, the same adapters apart from the weights. Metadata as of
///   the weights.
/// - state.safetensors: the tensors of TrainStep::State as weights/, adapters/, ema/, optimizer/ and group/,
///   also the frozen weights: a run must not depend on the file that it started from, nor a checkpoint on
///   another. Metadata: format, version, config, state (JSON).
struct Checkpoint {
    RunConfig config;
    ResumeState state;
    TrainStep::State tensors;
    std::map<std::string, StemScore> metrics; ///< of the weights; written, but not read
};

inline constexpr const char* weightsFileName = "weights.safetensors";
inline constexpr const char* adaptersFileName = "adapters.safetensors";
inline constexpr const char* stateFileName = "state.safetensors";

/// Writes the files into an existing folder and syncs them to disk. Throws Error (Failure).
void writeCheckpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint);

/// Reads the state and verifies all files. Throws Error (Input) if a file is damaged or missing, and Error
/// (Failure) for causes other than the files, such as a read error of the disk.
Checkpoint readCheckpoint(const std::filesystem::path& folder);

/// Reads only the configuration. Throws like readCheckpoint().
RunConfig readCheckpointConfig(const std::filesystem::path& folder);

/// The scores in the metadata of weights.safetensors; empty if they were not validated.
std::map<std::string, StemScore> storedScores(const std::map<std::string, std::string>& metadata);

/// Upper bound for the bytes of a checkpoint.
std::uint64_t checkpointBytes(const TrainStep::State& state);

} // namespace headroom
