#pragma once

#include "core/config/knob.h"

#include <vector>

namespace headroom::ui {

class ConfigModel;

/// The values that a knob's editor offers, in its order: stops of a slider, choices, off and on. Empty for
/// text and lists.
std::vector<KnobValue> knobCandidates(const ConfigModel& model, const Knob& knob);

} // namespace headroom::ui
