// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/values/forecast.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// The remedy for a run that ran out of memory, after it has released its memory: the configuration change
/// with which it fits the free device memory, by the forecast, as a sentence. Empty if there is none, if the
/// configuration fits unchanged by the forecast, or if the search was stopped.
/// @param device see TrainingRequest::device
std::string fittingChange(const RunConfig& config, const std::string& device, const std::stop_token& stop);

/// The same of what searchFits() found: the first fit that the run can be resumed with, or else the first one
/// in a new run.
/// @param fits with at least one change each
/// @param available device memory in bytes
std::string remedyOf(const std::vector<Fit>& fits, std::int64_t available);

} // namespace headroom
