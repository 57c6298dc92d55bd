#pragma once

#include "core/values/forecast.h"

#include <string>

namespace headroom {

/// The forecast as one line of JSON, without the newline. Bytes; names in snake case; what was not searched
/// for or is not known is null.
std::string toJson(const Forecast& forecast, const Card& card);

/// The settings as one line of JSON, without the newline: a list of changes, relative step time and forecast.
std::string toJson(const std::vector<Fit>& fits, const Card& card);

} // namespace headroom
