#pragma once

#include "core/config/option.h"

#include <yaml-cpp/node/node.h>

#include <string>

namespace headroom {

/// The value of a knob as it stands in a YAML document; parseOptionValue reads text in the same way.
/// @param where what Error names as the place
/// @throws Error of kind Input for a value that is not allowed
OptionValue readOptionValue(const Option& option, const YAML::Node& node, const std::string& where);

} // namespace headroom
