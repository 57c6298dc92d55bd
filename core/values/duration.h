// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>

namespace headroom {

/// A duration in its two largest units, rounded to seconds: 2 d 3 h, 8 min 5 s, 43 s.
struct Duration {
    enum class Unit { Seconds, Minutes, Hours, Days };
    Unit unit = Unit::Seconds;
    std::int64_t whole = 0; ///< in `unit`
    std::int64_t rest = 0;  ///< in the next smaller unit; 0 if there is none
};

/// @return nothing for NaN, infinity and millions of years, of which an estimate is not worth showing
std::optional<Duration> inLargestUnits(double seconds);

} // namespace headroom
