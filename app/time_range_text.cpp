// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/time_range_text.h"

#include <fmt/format.h>

namespace headroom::app {
namespace {

const char* unitName(ScaledTime::Unit unit) {
    switch (unit) {
    case ScaledTime::Unit::Milliseconds:
        return "ms";
    case ScaledTime::Unit::Seconds:
        return "s";
    case ScaledTime::Unit::Minutes:
        return "min";
    case ScaledTime::Unit::Hours:
        return "h";
    case ScaledTime::Unit::Days:
        break;
    }
    return "d";
}

} // namespace

std::string timeText(const TimeRange& time) {
    const ScaledTime scaled = scaledTime(time.low, time.high);
    if (scaled.low == scaled.high)
        return fmt::format("{} {}", scaled.low, unitName(scaled.unit));
    return fmt::format("{} to {} {}", scaled.low, scaled.high, unitName(scaled.unit));
}

std::string timeSourceText(TimeSource source) {
    return source == TimeSource::Published ? "from the card's published figures, not measured"
                                           : "measured on this device";
}

} // namespace headroom::app
