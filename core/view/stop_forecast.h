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

    bool operator==(const StopForecast&) const = default;
};

/// One entry per candidate of an option; absent if unknown.
using StopForecasts = std::vector<std::optional<StopForecast>>;

} // namespace headroom
