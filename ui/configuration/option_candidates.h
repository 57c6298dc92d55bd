#pragma once

#include "core/config/option.h"

#include <vector>

namespace headroom::ui {

class ConfigModel;

/// The stops of a number knob's slider as things are, rising: those of optionStops() that say something, or
/// the divisors that it is held at.
std::vector<double> currentStops(const ConfigModel& model, const Option& option);

/// The values that a knob's editor offers, in its order: stops of a slider, choices, off and on. Empty for
/// text and lists, and where another knob decides.
std::vector<OptionValue> optionCandidates(const ConfigModel& model, const Option& option);

} // namespace headroom::ui
