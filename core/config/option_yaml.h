// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <yaml-cpp/node/node.h>

#include <string>

namespace headroom {

/// Reads the value of an option from a node of a YAML document; parseOptionValue does the same for text.
/// @param where the place that an Error names
/// @throws Error of kind Input if the value is not allowed
OptionValue readOptionValue(const Option& option, const YAML::Node& node, const std::string& where);

} // namespace headroom
