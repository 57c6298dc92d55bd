// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/forecast/step_recording.h"

namespace headroom {

/// The name of the phase of a recording in which segments are separated, for its marks.
inline constexpr const char* separationPhase = "separate";

/// Records a run without its steps: the creation of the model and its state, the trial validation of one
/// segment, the validation of songs of at least one segment, and a checkpoint. Any thread, also concurrently.
Recording recordValidation(const RunConfig& config, const Card& card);

/// Records the separation of a song with a model without training state, as `headroom separate` does, in
/// batches of separation.batch_size; 0: one segment at a time.
Recording recordSeparation(const RunConfig& config, const Card& card);

} // namespace headroom
