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

/// The validation that nothing since has beaten.
struct BestValidation {
    std::int64_t step = 0;
    double score = 0; ///< dB

    bool operator==(const BestValidation&) const = default;
};

/// All that a run needs to go on besides its tensors and its configuration.
struct ResumeState {
    RunProgress progress;
    LearningRate::State learningRate;
    std::optional<BestValidation> best;
    int microBatch = 0; ///< examples that the device was found to have room for at once; 0: all of a batch
    int threads = 0;    ///< that computed on the CPU; 0: not known
};

/// One checkpoint: a folder with two safetensors files, each with a checksum.
/// - weights.safetensors: what one listens to and publishes, the EMA weights where there are any. Metadata:
///   format, version, config (YAML), step, update, epoch, and metrics where these weights were validated.
/// - state.safetensors: weights/, ema/, optimizer/ and group/ as TrainStep::State has them. Metadata: format,
///   version, config, state (JSON).
struct Checkpoint {
    RunConfig config;
    ResumeState state;
    TrainStep::State tensors;
    std::map<std::string, StemScore> metrics; ///< of the weights; written, not read
};

inline constexpr const char* weightsFileName = "weights.safetensors";
inline constexpr const char* stateFileName = "state.safetensors";

/// Writes both files into an existing folder, synced. Throws Error (Failure).
void writeCheckpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint);

/// Reads the state, and sees that both files are whole. Throws Error: of kind Input for damaged or missing
/// files alone, of kind Failure for what says nothing about them, such as a disk that cannot be read.
Checkpoint readCheckpoint(const std::filesystem::path& folder);

/// The configuration alone, without a look at the tensors. Throws as readCheckpoint does.
RunConfig readCheckpointConfig(const std::filesystem::path& folder);

/// Bytes of one checkpoint of this step, at most.
std::uint64_t checkpointBytes(const TrainStep::State& state);

} // namespace headroom
