// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/run_store.h"
#include "core/values/event_json.h"
#include "core/view/bucketed_series.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

/// The events of a run as curves and marks, from a live run or a run folder. Memory is bounded, except for
/// one entry per validation and audition. If a run is resumed from an earlier step, later data is dropped.
/// Not thread-safe.
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
    struct Audition {
        Position position;
        AuditionSaved saved;
    };
    /// An event that is not part of a curve.
    struct Mark {
        Position position;
        EventTime time;
        TrainingEvent event;
        double seconds = 0; ///< duration of a pause
    };

    /// @param stepsPerEpoch of the run's configuration
    explicit RunHistory(std::int64_t stepsPerEpoch = 1);

    void add(const TimedEvent& timed);

    const BucketedSeries& steps() const { return steps_; }
    const BucketedSeries& memory() const { return memory_; }
    const std::vector<Validation>& validations() const { return validations_; }
    const std::vector<Audition>& auditions() const { return auditions_; }
    const std::vector<Mark>& marks() const { return marks_; }

    /// Epochs done at a step, fractional.
    double epochAt(double step) const { return step / static_cast<double>(stepsPerEpoch_); }
    std::int64_t stepsPerEpoch() const { return stepsPerEpoch_; }

    // The state of the run.
    const std::optional<Started>& started() const { return started_; }
    const std::optional<StepDone>& lastStep() const { return lastStep_; }
    /// The last update of a run of several ranks.
    const std::optional<RanksDone>& lastRanks() const { return lastRanks_; }
    std::int64_t step() const;              ///< steps done
    double seconds() const { return now_; } ///< running time, without the time between stop and restart
    double exchangeShare() const;           ///< recent part of the time that ranks spend in the exchange
    double stepsPerSecond() const;          ///< recent rate; 0 before the first step
    std::optional<EventTime> lastSave() const { return lastSave_; }
    const Validation* best() const;                           ///< the best validation; null before the first
    std::int64_t deviceTotal() const { return deviceTotal_; } ///< bytes; 0 if unknown
    /// Derived from the events alone: Interrupted between a start and a final event.
    RunState state() const { return state_; }
    /// Why the run failed; null unless it did.
    const Failed* failure() const { return failure_ ? &*failure_ : nullptr; }
    bool finished() const; ///< ended after its last step

private:
    void take(const Started& started, EventTime time);
    void take(const StepDone& step);
    void take(const RanksDone& ranks);
    void take(const MemorySample& sample);
    void takeEnd(const TrainingEvent& event);
    void mark(const TimedEvent& timed);
    void addMemory(double step, const MemoryUse& use);
    double stepNow() const;

    std::int64_t stepsPerEpoch_;
    BucketedSeries steps_{stepChannels};
    BucketedSeries memory_{memoryChannels};
    std::vector<Validation> validations_;
    std::vector<Audition> auditions_;
    std::vector<Mark> marks_;

    std::optional<Started> started_;
    std::optional<StepDone> lastStep_;
    std::optional<RanksDone> lastRanks_;
    std::optional<EventTime> lastSave_;
    std::int64_t deviceTotal_ = 0;
    RunState state_ = RunState::NotStarted;
    std::optional<Failed> failure_;

    double now_ = 0;             ///< seconds that the run was in progress
    double beforeStart_ = 0;     ///< now_ at the last start
    EventTime startTime_ = {};   ///< time of the last start
    double lastStepTime_ = 0;    ///< now_ at the last step
    double stepSeconds_ = 0;     ///< exponentially weighted sum of step durations
    double exchangeSeconds_ = 0; ///< weighted like stepSeconds_, of which it is a part
    double stepWeights_ = 0;     ///< sum of the weights in stepSeconds_
};

} // namespace headroom
