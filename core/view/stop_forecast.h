#pragma once

#include "core/values/forecast.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

/// What forecasts say of one value of a knob, all else as it is.
struct StopForecast {
    Verdict verdict = Verdict::Fits;
    /// Of the card in use; absent where the verdict follows from that of values on both sides.
    std::optional<std::int64_t> bytes = {};

    bool operator==(const StopForecast&) const = default;
};

/// One for each candidate of a knob, as far as known.
using StopForecasts = std::vector<std::optional<StopForecast>>;

} // namespace headroom
