// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstddef>

namespace headroom {

/// A phase of a training run, as its memory is forecast and measured. Between phases the allocator's cache is
/// emptied, so that the memory of a phase does not depend on the phases before it.
enum class RunPhase {
    Start,      ///< creating the model and its state, and the trial of a validation
    Step,       ///< steps and updates
    Validation, ///< of whole songs
    Checkpoint, ///< writing one between two accumulation groups
};

inline constexpr std::size_t runPhases = 4;
inline constexpr std::array<RunPhase, runPhases> allRunPhases = {RunPhase::Start, RunPhase::Step,
                                                                 RunPhase::Validation, RunPhase::Checkpoint};

/// "start", "step", "validation" or "checkpoint".
constexpr const char* runPhaseName(RunPhase phase) {
    constexpr std::array<const char*, runPhases> names = {"start", "step", "validation", "checkpoint"};
    return names[static_cast<std::size_t>(phase)];
}

} // namespace headroom
