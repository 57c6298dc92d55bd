// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <cstddef>
#include <vector>

namespace headroom {

/// Keeps both ends of a timeline, and the highest and the lowest point of each of `most` / 2 equal intervals.
/// @return at most `most` + 2 points; all if there are no more than `most`
std::vector<TimelinePoint> thinned(const std::vector<TimelinePoint>& points, std::size_t most);

} // namespace headroom
