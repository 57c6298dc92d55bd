// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/replay.h"
#include "core/forecast/step_timeline.h"
#include "core/values/forecast.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// The memory of the phases around the steps: the start, the trial of a validation, a validation and a
/// checkpoint.
class ValidationTimeline {
public:
    /// @param stream of recordValidation()
    explicit ValidationTimeline(const AllocationStream& stream);

    /// Call for each state of the replay, in order.
    void add(const ReplayState& state);

    const std::vector<TimelinePoint>& start() const { return start_; }
    const std::vector<TimelinePoint>& trial() const { return trial_; }
    const std::vector<TimelinePoint>& validation() const { return validation_; }
    /// One point: it allocates nothing.
    const std::vector<TimelinePoint>& checkpoint() const { return checkpoint_; }

private:
    // Events of the stream that begin the phases after the start.
    std::int64_t trialBegin_ = 0;
    std::int64_t validationBegin_ = 0;
    std::int64_t checkpointBegin_ = 0;
    std::vector<TimelinePoint> start_;
    std::vector<TimelinePoint> trial_;
    std::vector<TimelinePoint> validation_;
    std::vector<TimelinePoint> checkpoint_;
};

/// Puts the phases of a run in the order of the program.
RunTimeline runTimeline(const ValidationTimeline& validation, const StepTimeline::Step& first,
                        const StepTimeline::Step& next);

} // namespace headroom
