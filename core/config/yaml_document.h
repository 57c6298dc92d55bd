// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <yaml-cpp/node/node.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace headroom {

/// Largest size of a configuration, bytes.
inline constexpr std::size_t largestYaml = 1 << 20;

/// Parses a text as a single YAML document; an empty text gives a null node. Memory and time are bounded,
/// also for malicious input.
/// @param name name of the source in messages
/// @throws Error (Input) that names file and line: for invalid YAML, more than one document, or more than
///         largestYaml bytes, 64 levels or 100,000 values
YAML::Node parseYaml(std::string_view text, const std::string& name);

/// "mine.yaml:3".
std::string yamlPlace(const std::string& name, const YAML::Mark& mark);

} // namespace headroom
