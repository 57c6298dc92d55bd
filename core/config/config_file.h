// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_errors.h"
#include "core/config/config_places.h"
#include "core/config/run_config.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// Named the run to resume in version 0.1. Ignored, since the configuration of every run of 0.1 has it.
inline constexpr const char* retiredKey = "training.resume_from";

/// The text of a configuration file, without more than largestYaml + 1 bytes of it. Throws Error (Input) for
/// a folder or a file that is missing, Error (Failure) if it cannot be read.
std::string readConfigText(const std::filesystem::path& path);

/// Reads a configuration in YAML: a map of sections, each a map of options. Options that are left out keep
/// their defaults; that of loss.lambda_time depends on model.kind (defaultLambdaTime).
/// @param places null: the result is checked with checkConfig. Otherwise receives the place of each key, also
///        of retiredKey if it has a value, and the caller must call checkConfig: for callers that change the
///        configuration before they use it
/// @param errors null: errors of keys and values are thrown together (see ConfigErrors). Otherwise receives
///        them, and the caller must throw them; only with `places`
/// @throws Error (Input) that names the file, line, key and what is allowed: for an empty file, invalid
///         syntax, unknown keys, a duplicate key, a value of the wrong type or out of range, a type tag, or
///         values that contradict each other
RunConfig loadConfig(const std::filesystem::path& path, ConfigPlaces* places = nullptr,
                     ConfigErrors* errors = nullptr);

/// The same for text in memory.
/// @param name name of the source in messages
RunConfig parseConfig(std::string_view text, const std::string& name, ConfigPlaces* places = nullptr,
                      ConfigErrors* errors = nullptr);

/// Sets one option, such as "training.batch_size=2". A new model.kind also resets the options that it lacks
/// and, unless it was given, loss.lambda_time (see changeModelKind).
/// @param places receives the assignment as the place of its key; may be null
/// @throws Error (Input)
void applyOverride(RunConfig& config, std::string_view assignment, ConfigPlaces* places = nullptr);

/// Sets several options. Adds an error for each invalid assignment instead of throwing it.
/// @param places as for applyOverride
void applyOverrides(RunConfig& config, const std::vector<std::string>& assignments, ConfigPlaces* places,
                    ConfigErrors& errors);

/// The whole configuration in YAML, without the options of other kinds of models. parseConfig reads the same
/// configuration back.
std::string dumpConfig(const RunConfig& config);

} // namespace headroom
