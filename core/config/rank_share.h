// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

namespace headroom {

/// Whether several ranks can share the steps of an update equally.
bool canShareSteps(const TrainingConfig& training, int ranks);

/// Throws Error (Input), with the nearest numbers that they can share, unless canShareSteps().
void requireSharedSteps(const TrainingConfig& training, int ranks);

/// The configuration of a single rank that does the steps of one of several: the same options with a part of
/// the steps.
RunConfig shareOfRank(const RunConfig& config, int ranks);

} // namespace headroom
