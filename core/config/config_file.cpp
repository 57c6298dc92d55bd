// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"

#include "core/config/config_check.h"
#include "core/config/model_kind.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/config/option_yaml.h"
#include "core/config/scalar_text.h"
#include "core/config/yaml_document.h"
#include "core/support/system_error.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

namespace headroom {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& where, const std::string& remedy = {}) {
    throw Error(ErrorKind::Input, what, where, remedy);
}

bool isSection(const std::string& name) {
    for (const Option& option : optionTable()) {
        if (option.section() == name)
            return true;
    }
    return false;
}

/// Reads one document and records where each key was given.
class ConfigReader {
public:
    ConfigReader(std::string name, ConfigPlaces* places, ConfigErrors& errors)
        : name_(std::move(name)), places_(places), errors_(errors) {}

    RunConfig read(const YAML::Node& root) {
        if (!root.IsMap() && !root.IsNull())
            refuse("a configuration is a map of sections such as 'training:'", place(root));
        refuseTag(root);
        for (const auto& entry : root)
            readSection(entry.first, entry.second);
        if (!seen_.contains("loss.lambda_time"))
            config_.loss.lambdaTime = defaultLambdaTime(config_.model.kind);
        return config_;
    }

private:
    void readSection(const YAML::Node& key, const YAML::Node& node) {
        const std::string section = keyOf(key, "");
        if (!isSection(section)) {
            errors_.addUnknownKey(section, place(key));
            return;
        }
        if (!node.IsMap() && !node.IsNull())
            refuse(fmt::format("{} must be a map of keys", section), place(key));
        refuseTag(node);
        for (const auto& entry : node)
            readKey(keyOf(entry.first, section + "."), entry.first, entry.second);
    }

    void readKey(const std::string& key, const YAML::Node& keyNode, const YAML::Node& value) {
        if (key == retiredKey)
            skip(value, place(keyNode));
        else if (const Option* option = findOption(key))
            set(*option, value, place(keyNode));
        else
            errors_.addUnknownKey(key, place(keyNode));
    }

    void skip(const YAML::Node& value, const std::string& where) {
        const bool empty = value.IsNull() || (value.IsScalar() && value.Scalar().empty());
        if (!empty && places_ != nullptr)
            (*places_)[retiredKey] = where;
    }

    void set(const Option& option, const YAML::Node& value, const std::string& where) {
        try {
            refuseTag(value);
            if (value.IsSequence()) {
                for (const auto& element : value)
                    refuseTag(element);
            }
            option.set(config_, readOptionValue(option, value, where));
        } catch (const Error& error) {
            errors_.add(error);
        }
        if (places_ != nullptr)
            (*places_)[option.key] = where;
    }

    /// The full key. Refuses one that occurred before.
    std::string keyOf(const YAML::Node& node, const std::string& prefix) {
        if (!node.IsScalar())
            refuse("a key must be plain text", place(node));
        refuseTag(node);
        std::string key = prefix + node.Scalar();
        if (!seen_.insert(key).second)
            refuse(fmt::format("key {} is given twice", excerpt(key)), place(node));
        return key;
    }

    /// A tag asks the reader to construct an object of that type, which is not supported. Python's tuple
    /// reads as a list.
    void refuseTag(const YAML::Node& node) const {
        const std::string& tag = node.Tag();
        if (tag.empty() || tag == "?" || tag == "!" || tag == "tag:yaml.org,2002:python/tuple")
            return;
        refuse(fmt::format("type tag {} is not supported", excerpt(tag)), place(node), "Remove the tag.");
    }

    std::string place(const YAML::Node& node) const { return yamlPlace(name_, node.Mark()); }

    std::string name_;
    ConfigPlaces* places_;
    std::set<std::string> seen_;
    ConfigErrors& errors_;
    RunConfig config_;
};

/// Changes the kind of model. What was given before for options that the new kind lacks is dropped, so that
/// one assignment turns a file of one kind into a configuration of another.
void overrideKind(RunConfig& config, ModelKind kind, ConfigPlaces* places) {
    const double lambdaTime = config.loss.lambdaTime;
    changeModelKind(config, kind);
    if (places == nullptr)
        return;
    if (places->contains("loss.lambda_time"))
        config.loss.lambdaTime = lambdaTime;
    for (const Option& option : optionTable())
        if (!option.appliesTo(kind))
            places->erase(option.key);
}

} // namespace

std::string readConfigText(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        refuse("this is a folder, not a configuration file", path.string(), "Name a YAML file.");
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw openError("cannot read the configuration", path, errno);
    std::string text(largestYaml + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad())
        throw systemError("cannot read the configuration", path, errno);
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

RunConfig loadConfig(const std::filesystem::path& path, ConfigPlaces* places, ConfigErrors* errors) {
    return parseConfig(readConfigText(path), path.string(), places, errors);
}

RunConfig parseConfig(std::string_view text, const std::string& name, ConfigPlaces* places,
                      ConfigErrors* errors) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        refuse("the configuration is empty", name, "Restore the file from a backup.");
    ConfigPlaces ownPlaces;
    ConfigErrors ownErrors;
    ConfigReader reader(name, places != nullptr ? places : &ownPlaces,
                        errors != nullptr ? *errors : ownErrors);
    RunConfig config = reader.read(parseYaml(text, name));
    ownErrors.throwIfAny();
    if (places == nullptr)
        checkConfig(config, ownPlaces);
    return config;
}

void applyOverride(RunConfig& config, std::string_view assignment, ConfigPlaces* places) {
    const auto equals = assignment.find('=');
    const std::string where = fmt::format("--set {}", excerpt(assignment));
    if (equals == std::string_view::npos)
        refuse("missing '='", where, "Write it as --set training.batch_size=2.");
    const std::string key(assignment.substr(0, equals));
    if (key == retiredKey)
        refuse(key + " is no longer an option", where,
               "Resume a run with: headroom train --run DIR --resume");
    const Option* option = findOption(key);
    if (option == nullptr)
        throw unknownKeyError(key, where);
    RunConfig changed = config;
    option->set(changed, parseOptionValue(*option, assignment.substr(equals + 1), where));
    if (changed.model.kind != config.model.kind)
        overrideKind(config, changed.model.kind, places);
    else
        config = std::move(changed);
    if (places != nullptr)
        (*places)[key] = where;
}

void applyOverrides(RunConfig& config, const std::vector<std::string>& assignments, ConfigPlaces* places,
                    ConfigErrors& errors) {
    for (const std::string& assignment : assignments) {
        try {
            applyOverride(config, assignment, places);
        } catch (const Error& error) {
            errors.add(error);
        }
    }
}

std::string dumpConfig(const RunConfig& config) {
    std::string text;
    std::string section;
    for (const Option& option : optionTable()) {
        if (!option.appliesTo(config.model.kind))
            continue;
        if (option.section() != section) {
            section = option.section();
            text += section + ":\n";
        }
        text += fmt::format("  {}: {}\n", option.name(), formatOptionValue(option.get(config)));
    }
    return text;
}

} // namespace headroom
