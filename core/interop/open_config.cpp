// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/open_config.h"

#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/config/yaml_document.h"
#include "core/interop/hydra_config.h"
#include "core/interop/merge_keys.h"
#include "core/interop/msst_config.h"
#include "core/support/error.h"

#include <yaml-cpp/yaml.h>

namespace headroom {
namespace {

bool isForeign(const YAML::Node& root) {
    return isMsstConfig(root) || isHydraConfig(root);
}

/// Absent for a document of no known program.
std::optional<Conversion> convert(std::string_view text, const std::string& name, ConfigPlaces& places,
                                  ConfigErrors& errors) {
    const YAML::Node root = parseYaml(text, name);
    resolveMergeKeys(root, name);
    if (!isForeign(root))
        return std::nullopt;
    const ForeignDocument document(root, name);
    return isMsstConfig(root) ? convertMsst(document, places, errors)
                              : convertHydra(document, places, errors);
}

} // namespace

std::string OpenedConfig::notice(const std::filesystem::path& path) const {
    if (!conversion)
        return {};
    return conversionNotice(*conversion, path.filename().string()) + " `headroom convert` lists all of them.";
}

OpenedConfig openConfig(const std::filesystem::path& path, ConfigPlaces* places, ConfigErrors* errors) {
    return readConfig(readConfigText(path), path.string(), places, errors);
}

OpenedConfig readConfig(std::string_view text, const std::string& name, ConfigPlaces* places,
                        ConfigErrors* errors) {
    ConfigPlaces ownPlaces;
    ConfigErrors ownErrors;
    OpenedConfig opened;
    opened.conversion =
        convert(text, name, places != nullptr ? *places : ownPlaces, errors != nullptr ? *errors : ownErrors);
    if (!opened.conversion) {
        opened.config = parseConfig(text, name, places, errors);
        return opened;
    }
    ownErrors.throwIfAny();
    opened.config = opened.conversion->config;
    if (places == nullptr)
        checkConfig(opened.config, ownPlaces);
    return opened;
}

bool isForeignConfig(std::string_view text) {
    try {
        const YAML::Node root = parseYaml(text, {});
        resolveMergeKeys(root, {});
        return isForeign(root);
    } catch (const Error&) {
        return false;
    }
}

std::optional<OpenedConfig> readForeignConfig(std::string_view text, const std::string& name) {
    if (!isForeignConfig(text))
        return std::nullopt;
    ConfigPlaces places;
    ConfigErrors errors;
    OpenedConfig opened;
    opened.conversion = convert(text, name, places, errors);
    errors.throwIfAny();
    opened.config = opened.conversion->config;
    checkConfig(opened.config, places);
    return opened;
}

} // namespace headroom
