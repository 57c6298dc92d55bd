// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// Memory after an allocation event of a step that was executed on a device.
struct ProfilePoint {
    std::int64_t event = 0;
    std::int64_t allocated = 0; ///< bytes
    std::int64_t reserved = 0;  ///< bytes; equal to allocated on the CPU
};

/// The start of a phase of the step.
struct ProfilePhase {
    std::string phase = {}; ///< "forward", "backward", "update", as in TimelineSpan
    std::int64_t begin = 0; ///< event
};

/// The recorded memory of one executed update. Like a forecast's timeline, it has at most three of several
/// equal micro-batches.
struct StepProfile {
    std::string device = {};               ///< "cpu", "cuda:0"
    std::int64_t events = 0;               ///< allocations and frees
    std::vector<ProfilePoint> points = {}; ///< by event
    std::vector<ProfilePhase> phases = {}; ///< by event
    std::int64_t peakAllocated = 0;        ///< over the whole profile
    std::int64_t peakReserved = 0;
};

} // namespace headroom
