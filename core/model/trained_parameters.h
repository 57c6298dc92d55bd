// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/model/adapters.h"
#include "core/model/parameters.h"

namespace headroom {

class BandSplitModel;

/// The adapters that a configuration asks for.
AdapterOptions adapterOptions(const TrainingConfig& config);

/// The parameters that a run trains: with training.lora_rank the adapters, otherwise all parameters of the
/// model, without those of training.freeze. All others no longer require gradients afterwards.
/// @param model with the adapters of `config`
/// @throws Error (Input) if a prefix of training.freeze is that of no parameter, or nothing is left to train
ParameterSet trainedParameters(BandSplitModel& model, const TrainingConfig& config);

/// Throws what trainedParameters() would throw. Allocates no parameters.
void requireTrainable(const RunConfig& config);

} // namespace headroom
