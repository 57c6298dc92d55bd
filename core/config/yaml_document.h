#pragma once

#include <yaml-cpp/node/node.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace headroom {

/// More bytes than this are no configuration.
inline constexpr std::size_t largestYaml = 1 << 20;

/// Parses a text that is one YAML document; an empty text is a null node. Memory and time are bounded for any
/// text, however hostile.
/// @param name stands for the file in messages
/// @throws Error of kind Input that names file and line: a text that is not YAML, holds more than one
///         document, or is larger than any configuration: over largestYaml, 64 levels or 100,000 values
YAML::Node parseYaml(std::string_view text, const std::string& name);

/// "mine.yaml:3".
std::string yamlPlace(const std::string& name, const YAML::Mark& mark);

} // namespace headroom
