#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// What this program's tensors held of the device, after some allocation event of a step that was really run.
struct ProfilePoint {
    std::int64_t event = 0;
    std::int64_t allocated = 0; ///< bytes
    std::int64_t reserved = 0;  ///< bytes; on the CPU the same
};

/// Where a part of that step began.
struct ProfilePhase {
    std::string phase = {}; ///< "forward", "backward", "update", as in TimelineSpan
    std::int64_t begin = 0; ///< event
};

/// The memory of one update, really run. Of micro-batches that are all alike it has no more than three, as a
/// forecast's timeline.
struct StepProfile {
    std::string device = {};               ///< "cpu", "cuda:0"
    std::int64_t events = 0;               ///< allocations and frees
    std::vector<ProfilePoint> points = {}; ///< rising
    std::vector<ProfilePhase> phases = {}; ///< rising
    std::int64_t peakAllocated = 0;        ///< over all that was run
    std::int64_t peakReserved = 0;
};

} // namespace headroom
