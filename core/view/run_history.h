#pragma once

#include "core/session/run_store.h"
#include "core/values/event_json.h"
#include "core/view/bucketed_series.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// What a run has said so far, as curves and marks, whether it is in progress or read from its folder. Takes
/// the same memory however long the run is, except for one entry per validation. Where a run was resumed from
/// a step before its last, what came after that step is dropped. Values; one thread.
class RunHistory {
public:
    using Position = BucketedSeries::Position;

    /// Channels of steps().
    enum StepChannel : std::size_t {
        Loss,
        LearningRate,
        GradNorm,
        DataSeconds,
        ForwardSeconds,
        BackwardSeconds,
        UpdateSeconds,
        stepChannels
    };
    /// Channels of memory(), in bytes.
    enum MemoryChannel : std::size_t {
        Allocated,
        PeakAllocated,
        Reserved,
        DeviceUsed,
        Others,
        memoryChannels
    };

    struct Validation {
        Position position;
        ValidationDone done;
    };
    /// Something that happened at one moment: an event that no curve shows.
    struct Mark {
        Position position;
        EventTime time;
        TrainingEvent event;
        double seconds = 0; ///< how long it lasted: a pause
    };

    /// @param stepsPerEpoch of the run's configuration
    explicit RunHistory(std::int64_t stepsPerEpoch = 1);

    void add(const TimedEvent& timed);

    const BucketedSeries& steps() const { return steps_; }
    const BucketedSeries& memory() const { return memory_; }
    const std::vector<Validation>& validations() const { return validations_; }
    const std::vector<Mark>& marks() const { return marks_; }

    /// Epochs done at a step, with their fraction.
    double epochAt(double step) const { return step / static_cast<double>(stepsPerEpoch_); }
    std::int64_t stepsPerEpoch() const { return stepsPerEpoch_; }

    // How the run stands.
    const std::optional<Started>& started() const { return started_; }
    const std::optional<StepDone>& lastStep() const { return lastStep_; }
    std::int64_t step() const;              ///< steps done
    double seconds() const { return now_; } ///< that it has been running, time between two starts left out
    double stepsPerSecond() const;          ///< of late; 0 before the first step
    std::optional<EventTime> lastSave() const { return lastSave_; }
    const Validation* best() const; ///< null before the first validation that was the best
    std::int64_t deviceTotal() const { return deviceTotal_; }   ///< bytes; 0 where unknown
    std::int64_t peakReserved() const { return peakReserved_; } ///< highest of all steps
    std::int64_t peakAllocated() const { return peakAllocated_; }
    /// By its events alone: Interrupted from each start on until its end is said.
    RunStanding standing() const { return standing_; }
    /// Why it failed; null unless that is how it ended.
    const Failed* failure() const { return failure_ ? &*failure_ : nullptr; }
    bool finished() const; ///< ended, with nothing left to do

private:
    void take(const Started& started, EventTime time);
    void take(const StepDone& step);
    void take(const MemorySample& sample);
    void takeEnd(const TrainingEvent& event);
    void mark(const TimedEvent& timed);
    void addMemory(double step, const MemoryUse& use);
    double stepNow() const;

    std::int64_t stepsPerEpoch_;
    BucketedSeries steps_{stepChannels};
    BucketedSeries memory_{memoryChannels};
    std::vector<Validation> validations_;
    std::vector<Mark> marks_;

    std::optional<Started> started_;
    std::optional<StepDone> lastStep_;
    std::optional<EventTime> lastSave_;
    std::int64_t deviceTotal_ = 0;
    std::int64_t peakReserved_ = 0;
    std::int64_t peakAllocated_ = 0;
    RunStanding standing_ = RunStanding::NotBegun;
    std::optional<Failed> failure_;

    double now_ = 0;           ///< seconds the run has been running
    double beforeStart_ = 0;   ///< the same when it was last started
    EventTime startTime_ = {}; ///< when that was
    double lastStepTime_ = 0;  ///< `now_` at the last step
    double stepSeconds_ = 0;   ///< of late
    double stepsWeighed_ = 0;  ///< how much of stepSeconds_ is known
};

} // namespace headroom
