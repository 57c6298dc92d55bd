// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <stop_token>
#include <string>

namespace headroom {

/// The remedy for a run that ran out of memory, after it has released its memory: the configuration change
/// with which it fits the free device memory, by the forecast, as a sentence. Empty if there is none, if the
/// configuration fits unchanged by the forecast, or if the search was stopped.
/// @param device see TrainingRequest::device
std::string fittingChange(const RunConfig& config, const std::string& device, const std::stop_token& stop);

} // namespace headroom
