// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/memory_use.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The events of a training run, as plain values; each is one JSON line in the journal and with --json. A run
/// emits Started first and exactly one of Finished, Stopped and Failed last; a run that cannot start emits
/// only Failed. Every field has an initializer, so that designated initializers may omit fields.
namespace headroom {

struct Started {
    std::string runFolder = {};
    std::string device = {}; ///< "cpu", "cuda:0"
    std::int64_t parameters = 0;
    std::int64_t step = 0; ///< steps already done: 0, or the step that a run resumes from
    std::int64_t totalSteps = 0;
    std::string version = {};
    std::optional<std::string> startedBy = {}; ///< see TrainingRequest::startedBy
    std::optional<int> threads = {}; ///< CPU compute threads; results depend on their number in the last bits
    std::optional<int> ranks = {};   ///< processes that train the run together, if there are several
};

/// The forward and backward pass of one batch. With several ranks, of one batch on each of them: the event
/// is that of rank 0, and counts the steps of all.
struct StepDone {
    std::int64_t step = 0;               ///< the first of the run is 1
    std::int64_t update = 0;             ///< optimizer updates done, including this step's
    int epoch = 0;                       ///< the first is 1
    double loss = 0;                     ///< of this batch
    double learningRate = 0;             ///< of the update that this step belongs to
    std::optional<double> gradNorm = {}; ///< before clipping; only if the step ended with an update
    double dataSeconds = 0;              ///< spent waiting for the batch
    double forwardSeconds = 0;           ///< forward and loss
    double backwardSeconds = 0;
    double updateSeconds = 0; ///< clipping, optimizer and EMA
    double examplesPerSecond = 0;
    double etaSeconds = 0;                ///< until the end of the run
    std::optional<MemoryUse> memory = {}; ///< peaks since the previous step or phase
};

/// An update of a run of several ranks, beside the StepDone of rank 0 for its last step.
struct RanksDone {
    std::int64_t step = 0;
    int batchSize = 0;
    int updateSteps = 0;        ///< of all ranks, in the update
    double loss = 0;            ///< mean over all batches of the update
    double exchangeSeconds = 0; ///< of rank 0, in the sum over ranks: includes waiting for slower ones
    std::vector<std::int64_t> peakReserved = {}; ///< bytes by rank, since its previous step or phase
};

/// Memory use within a step, sampled for graphs at a bounded rate. Not in the journal.
struct MemorySample {
    double seconds = 0;     ///< since the run's start
    std::string phase = {}; ///< "data", "forward", "backward", "update", "validation"
    MemoryUse memory = {};
};

/// The memory of a phase of the run that has ended. Steps report theirs themselves.
struct PhaseDone {
    std::string phase = {}; ///< "start", "validation", "checkpoint"
    MemoryUse memory = {};  ///< peaks within the phase
};

/// The device ran out of memory; the update was restarted with smaller micro-batches.
struct OutOfMemory {
    std::int64_t step = 0;
    int microBatchBefore = 0;
    int microBatchAfter = 0;
    std::string message = {};
};

/// The scores of one stem; absent if undefined, as for silence, or not computed. Of every one, a higher value
/// is better. core/values/metric.h lists them with their units and definitions.
struct StemScore {
    /// BSSEval v4 SDR of the target alone; median over 1 s windows, then over songs.
    std::optional<double> cSdr = {};
    std::optional<double> uSdr = {};        ///< SDR of the whole song; mean over songs
    std::optional<double> siSdr = {};       ///< scale-invariant SDR; mean over songs
    std::optional<double> logWmse = {};     ///< mean over songs, as the following
    std::optional<double> l1Frequency = {}; ///< (0, 100]
    std::optional<double> bleedless = {};   ///< (0, 100]
    std::optional<double> fullness = {};    ///< (0, 100]
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
    /// Highest score so far by training.best_metric; checkpoints/best points here.
    bool best = false;
    double seconds = 0;
    std::optional<std::string> metric = {}; ///< training.best_metric; absent in old journals: csdr
};

/// An excerpt of a song, as the model separates it after a validation.
struct AuditionSaved {
    std::int64_t step = 0;
    int epoch = 0;
    std::string song = {};
    double begin = 0; ///< of the excerpt in the song, seconds
    double seconds = 0;
    std::string folder = {};             ///< in the run folder: "auditions/step-00001234"
    std::vector<std::string> stems = {}; ///< each is the name of a FLAC file in the folder
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
    std::int64_t count = 0;                 ///< updates skipped so far
    std::vector<std::string> examples = {}; ///< "song/stem at 12.3 s", from the affected batches
};

struct OptionChanged {
    std::int64_t step = 0; ///< the first step that uses it
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

/// Information for the user; the run continues.
struct Notice {
    std::string text = {};
};

struct Finished {
    std::int64_t step = 0;
};
struct Stopped {
    std::int64_t step = 0;
    std::string unsaved = {}; ///< what could not be saved; empty if all was
};
struct Failed {
    std::int64_t step = 0;
    std::string category = {}; ///< "input", "failure", "out_of_memory", "diverged", "internal"
    std::string message = {};
    std::string remedy = {};
};

using TrainingEvent =
    std::variant<Started, StepDone, RanksDone, MemorySample, PhaseDone, OutOfMemory, ValidationSong,
                 ValidationDone, AuditionSaved, CheckpointSaved, SaveFailed, NonFinite, OptionChanged, Paused,
                 Resumed, Notice, Finished, Stopped, Failed>;

/// Whether a run ends with this event.
inline bool isEnd(const TrainingEvent& event) {
    return std::holds_alternative<Finished>(event) || std::holds_alternative<Stopped>(event) ||
           std::holds_alternative<Failed>(event);
}

} // namespace headroom
