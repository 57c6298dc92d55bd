// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/allocation_stream.h"
#include "core/config/run_config.h"
#include "core/model/scan_form.h"
#include "core/values/forecast.h"
#include "core/values/step_cost.h"

#include <cstdint>

namespace headroom {

/// What was recorded on a simulated device.
struct Recording {
    AllocationStream stream = {};
    StepCost cost = {};                ///< mean of the recorded steps
    std::uint64_t checkpointBytes = 0; ///< of one checkpoint on disk
};

/// How repetitions are recorded: slices, micro-batches and layers of the same shape.
enum class Repetition {
    Deduplicate, ///< one pass runs and is recorded with a repeat count
    RunAll,      ///< every pass runs, as on a card; for comparison
};

/// Records the creation of the model and two training steps with all their micro-batches. Any thread, also
/// concurrently.
/// @param card the card to simulate; compute capability 0 means the CPU
/// @param scan the form of the scans; OfDevice except for comparisons
/// @throws Error (Input) if the configuration is invalid
Recording recordTraining(const RunConfig& config, const Card& card, ScanForm scan = ScanForm::OfDevice,
                         Repetition repetition = Repetition::Deduplicate);

/// Records the separation of one segment without training state.
Recording recordSeparation(const RunConfig& config, const Card& card);

/// Records the separation of one segment in the presence of the training state, as in validation.
Recording recordValidation(const RunConfig& config, const Card& card);

} // namespace headroom
