#pragma once

#include "core/config/knob.h"

#include <vector>

namespace headroom::ui {

class ConfigModel;

/// The stops of a number knob's slider as things are, rising: those of knobStops() that say something, or the
/// divisors that it is held at.
std::vector<double> currentStops(const ConfigModel& model, const Knob& knob);

/// The values that a knob's editor offers, in its order: stops of a slider, choices, off and on. Empty for
/// text and lists, and where another knob decides.
std::vector<KnobValue> knobCandidates(const ConfigModel& model, const Knob& knob);

} // namespace headroom::ui
