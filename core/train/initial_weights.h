// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/separate/model_weights.h"

namespace headroom {

/// Reads training.init_from, a weights file of any supported format. Only files of `import --partial` may
/// lack parameters. Throws Error (Input) if they do not fit the configuration.
ModelWeights readInitialWeights(const RunConfig& config);

/// Adapters of random weights would learn next to nothing: throws Error (Input) for training.lora_rank
/// without training.init_from.
void requireBaseWeights(const TrainingConfig& training);

} // namespace headroom
