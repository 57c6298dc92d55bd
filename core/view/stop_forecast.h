// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

/// The forecast for one value of an option, with all other options unchanged.
struct StopForecast {
    Verdict verdict = Verdict::Fits;
    /// Bytes used on the card; absent if the verdict was interpolated from neighboring values.
    std::optional<std::int64_t> bytes = {};
    /// Time of an epoch; absent if unknown. For an interpolated verdict it covers both neighboring values.
    std::optional<TimeRange> epoch = {};

    bool operator==(const StopForecast&) const = default;
};

inline StopForecast stopForecast(const Forecast& forecast) {
    return {forecast.verdict, forecast.deviceTotal,
            forecast.time ? std::optional(forecast.time->epoch) : std::nullopt};
}

/// One entry per candidate of an option; absent if unknown.
using StopForecasts = std::vector<std::optional<StopForecast>>;

} // namespace headroom
