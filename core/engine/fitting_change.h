#pragma once

#include "core/config/run_config.h"

#include <stop_token>
#include <string>

namespace headroom {

/// What to do about a training that ran out of memory, once it has let go of it: the first change with which,
/// by the forecast, it fits what other programs leave of the device, in words. Empty where there is none,
/// where the forecast sees no need of one, or where the search was stopped.
/// @param device as TrainingRequest::device
std::string fittingChange(const RunConfig& config, const std::string& device, const std::stop_token& stop);

} // namespace headroom
