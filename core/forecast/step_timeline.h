// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/replay.h"
#include "core/values/forecast.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace headroom {

/// The memory of the last replayed step over its events, for graphs. Repeats that change nothing appear once.
class StepTimeline {
public:
    /// @param stream with a stage of identical steps; must outlive this object
    explicit StepTimeline(const AllocationStream& stream);

    /// Call for each state of the replay, in order.
    void add(const ReplayState& state);

    /// Sets the timeline, its spans, the tensors of the step, and the largest at the peak.
    void finish(Forecast& forecast) const;

    /// The memory of a step, unthinned.
    struct Step {
        std::vector<TimelinePoint> points = {};
        std::vector<TimelineSpan> spans = {};
    };
    /// The first step of the run and the last one. They are the same if there is only one.
    std::pair<Step, Step> takeFirstAndLast();

private:
    /// Of a block, clipped to the step.
    struct Lifetime {
        std::size_t block = 0;
        std::int64_t begin = 0; ///< event of the step that allocated the block
        std::int64_t end = 0;   ///< event that freed it, or the number of events
    };

    void addSpan(std::int64_t event);
    /// Of all blocks that are live at any time of the step.
    std::vector<Lifetime> lifetimes() const;
    std::vector<LargeTensor> largest(const std::vector<Lifetime>& lifetimes, std::int64_t peak) const;
    StepTensors tensors(const std::vector<Lifetime>& lifetimes) const;

    const AllocationStream& stream_;
    std::int64_t stepBegin_ = 0;        ///< event in the stream
    std::int64_t stepEnd_ = 0;          ///< one past the last event
    std::vector<bool> older_;           ///< by block: allocated before the step
    std::vector<std::int32_t> entries_; ///< events of the step, encoded as in the stream
    Step first_;                        ///< empty before the second one
    Step step_;                         ///< after each of the events
    bool begun_ = false;                ///< the first step
    std::size_t mark_ = 0;              ///< first mark of the stream after the last added event
};

} // namespace headroom
