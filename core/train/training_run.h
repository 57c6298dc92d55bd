#pragma once

#include "core/data/loader.h"
#include "core/monitor/memory_monitor.h"
#include "core/session/training_loop.h"
#include "core/train/accumulation_group.h"
#include "core/train/checkpoint_keeper.h"
#include "core/train/group_record.h"
#include "core/train/phase_timer.h"
#include "core/train/run_folder.h"
#include "core/train/step_rate.h"
#include "core/train/training_data.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// All that a run needs before its first step.
struct PreparedRun {
    RunConfig config;
    const RunFolder* folder = nullptr; ///< outlives the run
    std::int64_t maxSteps = 0;
    double maxMinutes = 0;
    c10::Device device = c10::kCPU;
    MemoryMonitor memory;            ///< made before the first tensor of `step`
    std::unique_ptr<TrainStep> step; ///< its state that of `state`
    ResumeState state;
    std::unique_ptr<Validator> validator;
    std::unique_ptr<Loader> loader;
};

/// A run from where it stands to its end: steps, updates, validations, checkpoints. One thread.
class TrainingRun {
public:
    TrainingRun(PreparedRun prepared, RunControl& control, EventSink emit);

    /// Before the first step: what can fail later for want of room or of readable songs fails now.
    void rehearse();

    /// To the end, or until a stop. Saves before it returns or throws; while the disk is full it keeps trying
    /// to until a stop.
    RunEnd run();

    /// What is being done: "data", "forward", "backward", "update" or "validation"; null while the run is
    /// paused. Any thread.
    const char* phase() const { return phase_; }

private:
    using Clock = std::chrono::steady_clock;

    RunEnd loop();
    RunEnd end(bool finished);
    bool done() const;
    double etaSeconds() const;
    void pause();
    void sayPaused();
    void changeOptions();
    void changeOption(const OptionChange& change);

    std::optional<Batch> nextBatch();
    void step();
    void report(StepDone& event, int examples);
    void reportOutOfMemory(int before, int after, const std::string& message);
    void reportNonFinite();
    void validate();
    ChunkModel liveModel();

    void save();
    void keepSaving(const Checkpoint& last, const std::string& standing);
    void saveIfDue();
    void requestEpochSave();
    Checkpoint checkpoint();
    void rescue(const std::string& failure);

    RunConfig config_;
    const RunFolder& folder_;
    std::int64_t maxSteps_;
    Clock::time_point deadline_; ///< the run ends at the first step after it
    RunControl& control_;
    EventSink emit_;

    std::unique_ptr<TrainStep> step_;
    std::unique_ptr<Loader> loader_;
    std::unique_ptr<Validator> validator_;
    CheckpointKeeper keeper_;

    RunProgress progress_;
    LearningRate learningRate_;
    std::optional<BestValidation> best_;       ///< marked on the disk
    std::optional<BestValidation> candidate_;  ///< better than that, not yet saved
    std::map<std::string, StemScore> metrics_; ///< of the weights as they are; empty: not validated

    /// Where the group under way began; absent where it was begun before a resume.
    std::optional<RunProgress> groupBegin_;
    /// An update was handed to the device, which has not yet told that all went well.
    bool unconfirmed_ = false;
    AccumulationGroup group_;
    GroupRecord record_;
    StepRate rate_;
    PhaseTimer timer_;
    MemoryMonitor memory_;
    Clock::time_point lastStepEnd_;
    std::atomic<const char*> phase_ = "data";
};

} // namespace headroom
