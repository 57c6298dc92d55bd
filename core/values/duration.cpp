// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/duration.h"

#include <algorithm>
#include <cmath>

namespace headroom {

std::optional<Duration> inLargestUnits(double seconds) {
    constexpr double longest = 1e14;
    if (!(seconds < longest))
        return std::nullopt;
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    const std::int64_t total = std::llround(std::max(0.0, seconds));
    if (total < minute)
        return Duration{Duration::Unit::Seconds, total, 0};
    if (total < hour)
        return Duration{Duration::Unit::Minutes, total / minute, total % minute};
    if (total < day)
        return Duration{Duration::Unit::Hours, total / hour, total % hour / minute};
    return Duration{Duration::Unit::Days, total / day, total % day / hour};
}

} // namespace headroom
