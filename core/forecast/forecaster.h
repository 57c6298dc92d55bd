#pragma once

#include "core/values/forecast.h"

namespace headroom {

/// What a training takes of a card: its very step is run on the card's shadow, and what that asked for is
/// answered by a model of the card's allocator. Any thread, several at once.
/// @throws Error (Input) for a configuration that no model can have
Forecast forecast(const ForecastRequest& request);

} // namespace headroom
