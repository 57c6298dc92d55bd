// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/allocation_stream.h"
#include "core/forecast/simulation.h"
#include "core/values/step_cost.h"

#include <cstdint>

namespace headroom {

/// The stage after the last phase, in which everything is freed.
inline constexpr const char* endStage = "end";
/// On cards, before the end: while the run pauses, and after it has.
inline constexpr const char* pausingStage = "pausing";
inline constexpr const char* pausedStage = "paused";

/// What was recorded on a simulated device. Its stages are named after phases of the run.
struct Recording {
    AllocationStream stream = {};
    StepCost cost = {};                ///< of one update, the mean of the recorded groups
    std::uint64_t checkpointBytes = 0; ///< of one checkpoint on disk
};

/// Records the creation of the model and its state, then the steps and updates of an epoch. Any thread, also
/// concurrently.
/// @param card the card to simulate; compute capability 0 means the CPU
/// @param scan the form of the mixers; OfDevice except for comparisons
/// @param ranks of the run: records one of them, with its part of the steps and the sum over ranks
/// @throws Error (Input) if the configuration is invalid
Recording recordSteps(const RunConfig& config, const Card& card, ScanForm scan = ScanForm::OfDevice,
                      Repetition repetition = Repetition::Deduplicate, int ranks = 1);

} // namespace headroom
