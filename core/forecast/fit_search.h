#pragma once

#include "core/values/forecast.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace headroom {

/// Changes of a setting after which it fits its card, the effective batch kept, the best first: what costs
/// only time before precision, batch against accumulation, segment length and, last, the model's own size;
/// of each the smallest change first. The setting itself, unchanged, where it fits. Empty where nothing does.
/// @return nothing where it was stopped
/// @throws Error (Input) for a configuration that no model can have
std::optional<std::vector<Fit>> searchFits(const ForecastRequest& request, const std::stop_token& stop = {});

} // namespace headroom
