// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace headroom {

/// Replaces the time of a forecast by a measured one, if there is one.
using AddMeasuredTime = std::function<void(Forecast& forecast, const ForecastRequest& request)>;

/// Searches for the smallest changes with which a configuration fits its card, keeping the effective batch.
/// Tries, in this order: fewer kept activations and recompute, which cost only time; lower precision; smaller
/// batches with more accumulation; shorter segments; smaller models. Within each kind, the smallest change
/// comes first.
/// @param addMeasuredTime called for each forecast; may be empty
/// @return the fits, best first; if the configuration fits, it comes first unchanged, followed by the fastest
///         one that keeps more activations and fits, if it is worthwhile; empty if nothing fits; absent if
///         stopped
/// @throws Error (Input) if the configuration is invalid
std::optional<std::vector<Fit>> searchFits(const ForecastRequest& request, const std::stop_token& stop = {},
                                           const AddMeasuredTime& addMeasuredTime = {});

} // namespace headroom
