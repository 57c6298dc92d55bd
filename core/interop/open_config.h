// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_errors.h"
#include "core/config/config_places.h"
#include "core/interop/conversion.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace headroom {

/// A configuration from a file of Headroom or of another program.
struct OpenedConfig {
    RunConfig config;
    std::optional<Conversion> conversion; ///< absent for a file of Headroom

    /// A notice for the user about the keys of another program; empty for a file of Headroom.
    std::string notice(const std::filesystem::path& path) const;
};

/// Reads a configuration of Headroom (see loadConfig), of MSST (see convertMsst) or of the published code of
/// BSMamba2 (see convertHydra), distinguished by their keys.
/// @param places as for loadConfig
/// @param errors as for loadConfig
/// @throws Error (Input) that names the file and line
OpenedConfig openConfig(const std::filesystem::path& path, ConfigPlaces* places = nullptr,
                        ConfigErrors* errors = nullptr);

/// The same for text in memory.
/// @param name name of the source in messages
OpenedConfig readConfig(std::string_view text, const std::string& name, ConfigPlaces* places = nullptr,
                        ConfigErrors* errors = nullptr);

/// Whether text is a configuration of another program, by its keys; it need not be convertible. False for
/// text that is not YAML.
bool isForeignConfig(std::string_view text);

/// Reads and checks a configuration of another program. Absent if the program is not known here.
/// @throws Error (Input) as openConfig
std::optional<OpenedConfig> readForeignConfig(std::string_view text, const std::string& name);

} // namespace headroom
