// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <vector>

namespace headroom {

/// The values of the slider of a numeric option, ascending: linear for few values, geometric for a wide
/// range, approaching 1 for a decay. Empty if a slider makes no sense. The spin box beside it accepts all
/// allowed values.
std::vector<double> optionStops(const Option& option);

/// Index of the stop nearest to the value; -1 if there are no stops.
int nearestStop(const std::vector<double>& stops, double value);

} // namespace headroom
