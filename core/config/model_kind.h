// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <string>

namespace headroom {

/// The value of model.kind: "bs_mamba2".
std::string modelKindName(ModelKind kind);

/// What loss.lambda_time is if a configuration leaves it out: the weight that models of this kind are
/// commonly trained with.
double defaultLambdaTime(ModelKind kind);

/// Sets model.kind. Options that the new kind lacks return to their defaults, and loss.lambda_time changes
/// from the default of the old kind to that of the new one.
void changeModelKind(RunConfig& config, ModelKind kind);

} // namespace headroom
