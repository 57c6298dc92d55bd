#pragma once

#include "core/config/option.h"

#include <vector>

namespace headroom {

/// The values that the slider of a number knob stops at, rising: evenly where there are few, in even ratios
/// where the range is wide, ever closer to 1 for a decay. Empty where a slider makes no sense. The spin box
/// beside it takes every allowed value.
std::vector<double> optionStops(const Option& option);

/// Index of the stop nearest to the value; -1 where there are none.
int nearestStop(const std::vector<double>& stops, double value);

} // namespace headroom
