// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/values/step_time.h"

#include <optional>
#include <string>

namespace headroom {

/// The time of the steps of a run whose segments have the full length: as measured in the first steps of this
/// run or an equal one, or else by forecast; absent if neither is known.
/// @param device "cpu", "cuda:1"
std::optional<StepTime> expectedStepTime(const RunConfig& config, const std::string& device);

} // namespace headroom
