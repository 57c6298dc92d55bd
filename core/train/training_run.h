// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/loader.h"
#include "core/monitor/memory_monitor.h"
#include "core/session/training_loop.h"
#include "core/train/accumulation_group.h"
#include "core/train/audition.h"
#include "core/train/checkpoint_keeper.h"
#include "core/train/epoch_pace.h"
#include "core/train/group_record.h"
#include "core/train/parked_state.h"
#include "core/train/phase_timer.h"
#include "core/train/rank_agreement.h"
#include "core/train/run_folder.h"
#include "core/train/step_rate.h"
#include "core/train/step_results.h"
#include "core/train/training_data.h"
#include "core/values/run_phase.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// Everything that a run needs before its first step.
struct PreparedRun {
    RunConfig config;
    const RunFolder* folder = nullptr; ///< must outlive the run; null on a rank that does not own it
    ProcessGroup* group = nullptr;     ///< must outlive the run; null for a single rank
    std::int64_t maxSteps = 0;
    double maxMinutes = 0;
    c10::Device device = c10::kCPU;
    MemoryMonitor memory;            ///< created before the first tensor of `step`
    std::unique_ptr<TrainStep> step; ///< restored to `state`
    ResumeState state;
    std::unique_ptr<Validator> validator;
    std::optional<Audition> audition;
    std::unique_ptr<Loader> loader;
    /// Time of the steps of a configuration by forecast, absent: unknown; may be empty.
    std::function<std::optional<StepTime>(const RunConfig& config)> forecastTime = {};
    bool freesWhenPaused = false; ///< the state moves to host memory; false on the CPU, where it is already
};

/// Runs a training to its end: steps, updates, validations and checkpoints. One thread.
///
/// With several ranks, each takes every W-th step of an accumulation group of W ranks, and the gradients of
/// all are summed before the update. Everything else happens between two updates, on all ranks or, like
/// saving, on rank 0 only, so that all ranks do the same in the same order.
class TrainingRun {
public:
    TrainingRun(PreparedRun prepared, RunControl& control, EventSink emit);

    /// Checks before the first step that the disk has space for checkpoints, and that a validation works.
    void preflight();

    /// Runs to the end or until a stop. Saves before it returns or throws; retries until a stop if the disk
    /// is full.
    RunEnd run();

    /// The current phase: "data", "forward", "backward", "update" or "validation"; null while paused. Any
    /// thread.
    const char* phase() const { return phase_; }

private:
    using Clock = std::chrono::steady_clock;

    RunEnd loop();
    std::optional<RunEnd> betweenSteps();
    void agree();
    bool stopRequested() const;
    RunEnd end(bool finished);
    bool done() const;
    bool isLate() const;
    std::int64_t bestStep() const;
    bool hasStalled() const;
    double etaSeconds() const;
    void pause();
    void beginPause();
    void endPause();
    TrainStep::State stateOfStep() const;
    void changeOptions();
    void changeOption(const OptionChange& change);

    std::optional<Batch> nextBatch();
    void step();
    void beginLength(std::int64_t frames);
    void report(StepDone& event, int together);
    void reportOutOfMemory(int before, int after, const std::string& message);
    void reportNonFinite();
    void validate();
    std::optional<Validation> scoreSongs(const Validator::OnSong& onSong);
    void recordAudition(int epoch);
    void reportLeftOut(const std::vector<std::string>& songs);
    SegmentModel liveModel();

    void save();
    void retrySaving(const Checkpoint& last, const std::string& reason);
    bool saveDue();
    void requestEpochSave();
    void beginPhase();
    void endPhase(RunPhase phase);
    Checkpoint checkpoint();
    void saveAfterFailure(const std::string& failure);

    RunConfig config_;
    const RunFolder* folder_; ///< null on a rank that does not own it
    ProcessGroup* processes_; ///< null for a single rank
    int rank_;
    int ranks_;
    RankDecision decision_;              ///< of the last agree(), with several ranks
    std::optional<RanksDone> ranksDone_; ///< the update since then
    std::int64_t peakReserved_ = 0;      ///< bytes, of the last step
    std::int64_t maxSteps_;
    Clock::time_point deadline_; ///< the run ends at the first step after it
    RunControl& control_;
    EventSink emit_;

    c10::Device device_;
    std::unique_ptr<TrainStep> step_;
    bool freesWhenPaused_;
    std::optional<ParkedState> parked_; ///< while paused
    StepResults results_;
    std::unique_ptr<Loader> loader_;
    std::unique_ptr<Validator> validator_;
    std::optional<Audition> audition_;
    CheckpointKeeper keeper_;

    RunProgress progress_;
    LearningRate learningRate_;
    std::optional<BestValidation> best_;       ///< saved
    std::optional<BestValidation> candidate_;  ///< better than best_, not saved yet
    std::map<std::string, StemScore> metrics_; ///< of the current weights; empty if not validated
    std::vector<std::string> leftOut_;         ///< songs left out of the last validation, as reported

    /// Progress at the beginning of the open group; absent if it began before the run was resumed.
    std::optional<RunProgress> groupBegin_;
    /// An update was queued on the device, and the device has not been synchronized since.
    bool updateInFlight_ = false;
    std::int64_t frames_ = 0; ///< of the segments of the last step
    AccumulationGroup group_;
    GroupRecord record_;
    StepRate rate_;
    EpochPace pace_;
    DeviceWatch watch_;
    PhaseTimer timer_;
    MemoryMonitor memory_;
    Clock::time_point lastStepEnd_;
    std::atomic<const char*> phase_ = "data";
};

} // namespace headroom
