#pragma once

#include "core/allocator/allocation_stream.h"
#include "core/config/run_config.h"
#include "core/model/scan_form.h"
#include "core/values/forecast.h"
#include "core/values/step_cost.h"

#include <cstdint>

namespace headroom {

/// What a program asked of a device without memory.
struct Recording {
    AllocationStream stream = {};
    StepCost work = {};                ///< the mean of its updates
    std::uint64_t checkpointBytes = 0; ///< of one checkpoint on disk
};

/// What is done with work that comes again in the same way.
enum class Repetition {
    RunOnce, ///< it is recorded once, as coming again
    RunAll,  ///< it is run again each time, as a card would have to: to compare
};

/// Runs the training step on a device without memory: the model is made, then two updates with all their
/// micro-batches. A few threads may each do so at once.
/// @param card what is stood in for; one without compute capability is the CPU
/// @param scan the form of the scans; that of the device, unless one is to be compared with another
/// @throws Error (Input) for a configuration that no model can have
Recording recordTraining(const RunConfig& config, const Card& card, ScanForm scan = ScanForm::OfDevice,
                         Repetition repetition = Repetition::RunOnce);

/// The separation of one chunk by a model that was made for nothing else.
Recording recordSeparation(const RunConfig& config, const Card& card);

/// The same within training, whose state is there as well: what validation does again and again.
Recording recordValidation(const RunConfig& config, const Card& card);

} // namespace headroom
