#pragma once

#include "core/allocator/replay.h"
#include "core/values/forecast.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// The last step of a replayed training, as graphs show it: what comes again without change is there once.
class StepTimeline {
public:
    /// @param stream whose last passage is the step; outlives this
    explicit StepTimeline(const AllocationStream& stream);

    /// Takes each state of the replay.
    void add(const ReplayState& state);

    /// Sets the timeline, its spans, and what is largest at its peak.
    void finish(Forecast& forecast) const;

private:
    void addSpan(std::int64_t event);
    std::vector<LargeTensor> largest(std::int64_t peak) const;

    const AllocationStream& stream_;
    std::int64_t stepBegin_ = 0;        ///< event of the stream
    std::int64_t stepEnd_ = 0;          ///< the event behind its last
    std::vector<bool> older_;           ///< by block: it lives since before the step
    std::vector<std::int32_t> entries_; ///< of the step, as in the stream's events
    std::vector<TimelinePoint> points_; ///< behind each of them
    std::vector<TimelineSpan> spans_;
    std::size_t mark_ = 0; ///< the stream's first behind the event last added
};

} // namespace headroom
