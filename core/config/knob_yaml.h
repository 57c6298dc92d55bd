#pragma once

#include "core/config/knob.h"

#include <yaml-cpp/node/node.h>

#include <string>

namespace headroom {

/// The value of a knob as it stands in a YAML document; parseKnobValue reads text in the same way.
/// @param where what Error names as the place
/// @throws Error of kind Input for a value that is not allowed
KnobValue readKnobValue(const Knob& knob, const YAML::Node& node, const std::string& where);

} // namespace headroom
