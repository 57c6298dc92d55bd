#pragma once

#include "core/values/memory_use.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What a training run says, as plain values: one JSON line each in the journal and with --json.
/// A run yields one Started and then exactly one of Finished, Stopped and Failed, last; one that cannot begin
/// yields Failed alone. Every field has an initializer, so that a designated one may leave fields out.
namespace headroom {

struct Started {
    std::string runFolder = {};
    std::string device = {}; ///< "cpu", "cuda:0"
    std::int64_t parameters = 0;
    std::int64_t step = 0; ///< steps already done: 0, or where a resumed run carries on
    std::int64_t totalSteps = 0;
    std::string version = {};
    std::optional<std::string> startedBy = {}; ///< as TrainingRequest::startedBy
    std::optional<int> threads = {}; ///< that compute on the CPU; results depend on it in their last bits
};

/// One batch through forward and backward.
struct StepDone {
    std::int64_t step = 0;               ///< 1 is the first of the run
    std::int64_t update = 0;             ///< optimizer updates done, this step's included
    int epoch = 0;                       ///< 1 is the first
    double loss = 0;                     ///< of this batch
    double learningRate = 0;             ///< of the update that this step belongs to
    std::optional<double> gradNorm = {}; ///< before clipping; only where the step ended with an update
    double dataSeconds = 0;              ///< waiting for the batch
    double forwardSeconds = 0;           ///< forward and loss
    double backwardSeconds = 0;
    double updateSeconds = 0; ///< clip, optimizer, EMA
    double examplesPerSecond = 0;
    double etaSeconds = 0;                ///< to the end of the run
    std::optional<MemoryUse> memory = {}; ///< peaks since the step before
};

/// Memory in the middle of a step, at a bounded rate: for graphs; no part of the journal.
struct MemorySample {
    double seconds = 0;     ///< since the run's start
    std::string phase = {}; ///< "data", "forward", "backward", "update", "validation"
    MemoryUse memory = {};
};

/// The device ran out of memory; the update was begun again with smaller micro-batches.
struct OutOfMemory {
    std::int64_t step = 0;
    int microBatchBefore = 0;
    int microBatchAfter = 0;
    std::string message = {};
};

/// The scores of one stem, in dB; absent where undefined (silence).
struct StemScore {
    /// BSSEval v4 SDR, target alone, median over 1 s windows (and then over songs).
    std::optional<double> cSdr = {};
    std::optional<double> uSdr = {};  ///< whole-song SDR (mean over songs)
    std::optional<double> siSdr = {}; ///< scale-invariant SDR (mean over songs)
};

struct ValidationSong {
    std::int64_t step = 0;
    int epoch = 0;
    std::string song = {};
    std::map<std::string, StemScore> stems = {};
};

struct ValidationDone {
    std::int64_t step = 0;
    int epoch = 0;
    int songs = 0;
    std::map<std::string, StemScore> stems = {}; ///< over all songs
    bool best = false;                           ///< highest median cSDR so far; checkpoints/best points here
    double seconds = 0;
};

struct CheckpointSaved {
    std::int64_t step = 0;
    std::string path = {};
};

struct SaveFailed {
    std::int64_t step = 0;
    std::string reason = {};
    double retrySeconds = 0;
};

/// The update was skipped because the loss or a gradient was not finite.
struct NonFinite {
    std::int64_t step = 0;
    std::int64_t count = 0;                 ///< skipped so far
    std::vector<std::string> examples = {}; ///< "song/stem at 12.3 s", those of the batches concerned
};

struct OptionChanged {
    std::int64_t step = 0; ///< the first step that it acts on
    std::string key = {};
    std::string before = {};
    std::string after = {};
};

struct Paused {
    std::int64_t step = 0;
};
struct Resumed {
    std::int64_t step = 0;
};

/// Something the user should know that stops nothing.
struct Notice {
    std::string text = {};
};

struct Finished {
    std::int64_t step = 0;
};
struct Stopped {
    std::int64_t step = 0;
    std::string unsaved = {}; /**< what could not be saved; empty: nothing */
};
struct Failed {
    std::int64_t step = 0;
    std::string category = {}; ///< "input", "failure", "out_of_memory", "diverged", "internal"
    std::string message = {};
    std::string remedy = {};
};

using TrainingEvent = std::variant<Started, StepDone, MemorySample, OutOfMemory, ValidationSong,
                                   ValidationDone, CheckpointSaved, SaveFailed, NonFinite, OptionChanged,
                                   Paused, Resumed, Notice, Finished, Stopped, Failed>;

} // namespace headroom
