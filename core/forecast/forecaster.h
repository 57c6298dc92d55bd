// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

namespace headroom {

/// Forecasts the memory of training: runs the real TrainStep on a SimulatedDevice and replays the recorded
/// allocations on a model of PyTorch's caching allocator. Any thread, also concurrently.
/// @throws Error (Input) if the configuration is invalid
Forecast forecast(const ForecastRequest& request);

} // namespace headroom
