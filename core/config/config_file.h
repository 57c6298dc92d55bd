#pragma once

#include "core/config/config_places.h"
#include "core/config/run_config.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace headroom {

/// Named the run to resume in version 0.1. It is skipped, for every run of then has it in its configuration.
inline constexpr const char* retiredKey = "training.resume_from";

/// Reads a configuration in YAML: a map of sections, each a map of the knob table's names. What is not named
/// keeps its default. The result is checked by checkConfig, so that what comes from outside is sound.
/// @param places for callers that change the configuration before they use it: gets where each key was given,
/// retiredKey
///        too where it has a value, and checkConfig is left to them. Null: checked here
/// @throws Error of kind Input that names file, line, key and what is allowed: an empty file, wrong syntax,
///         unknown keys (all of them), a key given twice, a value of the wrong type or out of range, a type
///         tag, values that do not go together
RunConfig loadConfig(const std::filesystem::path& path, ConfigPlaces* places = nullptr);

/// The same for text in memory. @param name stands for the file in messages
RunConfig parseConfig(std::string_view text, const std::string& name, ConfigPlaces* places = nullptr);

/// Sets one knob as "training.batch_size=2".
/// @param places gets the assignment as the place of its key; may be null
/// @throws Error of kind Input
void applyOverride(RunConfig& config, std::string_view assignment, ConfigPlaces* places = nullptr);

/// The whole configuration in YAML; parseConfig makes the same configuration of it.
std::string dumpConfig(const RunConfig& config);

} // namespace headroom
