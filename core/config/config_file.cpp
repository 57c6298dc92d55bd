#include "core/config/config_file.h"

#include "core/config/config_check.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/config/option_yaml.h"
#include "core/config/scalar_text.h"
#include "core/config/yaml_document.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>
#include <vector>

namespace headroom {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& where, const std::string& remedy = {}) {
    throw Error(ErrorKind::Input, what, where, remedy);
}

constexpr const char* allKeys = "`headroom knobs` lists all keys.";

std::string nearestRemedy(const std::string& key) {
    const Option* nearest = nearestOption(key);
    if (nearest == nullptr)
        return allKeys;
    return fmt::format("The nearest known key is {} in section {}.", nearest->name(), nearest->section());
}

bool isSection(const std::string& name) {
    for (const Option& option : optionTable()) {
        if (option.section() == name)
            return true;
    }
    return false;
}

struct UnknownKey {
    std::string key;
    YAML::Mark mark;
};

/// All at once: a file of another program has many.
[[noreturn]] void refuseUnknown(const std::vector<UnknownKey>& unknown, const std::string& name) {
    const UnknownKey& first = unknown.front();
    if (unknown.size() == 1)
        refuse("unknown key " + excerpt(first.key), yamlPlace(name, first.mark), nearestRemedy(first.key));
    constexpr std::size_t most = 50;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, unknown.size()); ++i) {
        const auto& [key, mark] = unknown[i];
        const Option* nearest = nearestOption(key);
        list += fmt::format("{}{} (line {}{})", i == 0 ? "" : ", ", excerpt(key), mark.line + 1,
                            nearest == nullptr ? "" : ", meaning " + nearest->key + "?");
    }
    if (unknown.size() > most)
        list += fmt::format(" and {} more", unknown.size() - most);
    refuse(fmt::format("{} unknown keys: {}", unknown.size(), list), name, allKeys);
}

/// Reads one document, keeping track of what was named.
class ConfigReader {
public:
    ConfigReader(std::string name, ConfigPlaces* places) : name_(std::move(name)), places_(places) {}

    RunConfig read(const YAML::Node& root) {
        if (!root.IsMap() && !root.IsNull())
            refuse("a configuration is a map of sections such as 'training:'", place(root));
        refuseTag(root);
        for (const auto& entry : root)
            readSection(entry.first, entry.second);
        if (!unknown_.empty())
            refuseUnknown(unknown_, name_);
        for (const Setting& setting : settings_)
            set(setting);
        return config_;
    }

private:
    struct Setting {
        const Option* option;
        YAML::Node value;
        std::string where;
    };

    void readSection(const YAML::Node& key, const YAML::Node& node) {
        const std::string section = keyOf(key, "");
        if (!isSection(section)) {
            unknown_.push_back({section, key.Mark()});
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
            settings_.push_back({option, value, place(keyNode)});
        else
            unknown_.push_back({key, keyNode.Mark()});
    }

    void skip(const YAML::Node& value, const std::string& where) {
        const bool empty = value.IsNull() || (value.IsScalar() && value.Scalar().empty());
        if (!empty && places_ != nullptr)
            (*places_)[retiredKey] = where;
    }

    void set(const Setting& setting) {
        refuseTag(setting.value);
        if (setting.value.IsSequence()) {
            for (const auto& element : setting.value)
                refuseTag(element);
        }
        setting.option->set(config_, readOptionValue(*setting.option, setting.value, setting.where));
        if (places_ != nullptr)
            (*places_)[setting.option->key] = setting.where;
    }

    /// The whole of a key that was not there before.
    std::string keyOf(const YAML::Node& node, const std::string& prefix) {
        if (!node.IsScalar())
            refuse("a key must be a word", place(node));
        refuseTag(node);
        std::string key = prefix + node.Scalar();
        if (!seen_.insert(key).second)
            refuse(fmt::format("key {} is given twice", excerpt(key)), place(node));
        return key;
    }

    /// A tag asks the reader to make an object of a type; we make none. Python's tuple is but a list.
    void refuseTag(const YAML::Node& node) const {
        const std::string& tag = node.Tag();
        if (tag.empty() || tag == "?" || tag == "!" || tag == "tag:yaml.org,2002:python/tuple")
            return;
        refuse(fmt::format("type tag {} is not read", excerpt(tag)), place(node), "Remove the tag.");
    }

    std::string place(const YAML::Node& node) const { return yamlPlace(name_, node.Mark()); }

    std::string name_;
    ConfigPlaces* places_;
    std::set<std::string> seen_;
    std::vector<UnknownKey> unknown_;
    std::vector<Setting> settings_;
    RunConfig config_;
};

std::string readFile(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        refuse("this is a folder, not a configuration file", path.string());
    std::ifstream file(path, std::ios::binary);
    if (!file)
        refuse("cannot read the configuration: " + std::system_category().message(errno), path.string());
    std::string text(largestYaml + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad())
        refuse("cannot read the configuration", path.string());
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

} // namespace

RunConfig loadConfig(const std::filesystem::path& path, ConfigPlaces* places) {
    return parseConfig(readFile(path), path.string(), places);
}

RunConfig parseConfig(std::string_view text, const std::string& name, ConfigPlaces* places) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        refuse("the configuration is empty", name, "Restore the file from a copy.");
    if (places != nullptr)
        return ConfigReader(name, places).read(parseYaml(text, name));
    ConfigPlaces own;
    RunConfig config = ConfigReader(name, &own).read(parseYaml(text, name));
    checkConfig(config, own);
    return config;
}

void applyOverride(RunConfig& config, std::string_view assignment, ConfigPlaces* places) {
    const auto equals = assignment.find('=');
    const std::string where = fmt::format("--set {}", excerpt(assignment));
    if (equals == std::string_view::npos)
        refuse("no '='", where, "Write it as --set training.batch_size=2.");
    const std::string key(assignment.substr(0, equals));
    if (key == retiredKey)
        refuse(key + " is no longer a setting", where,
               "Resume a run with: headroom train --run DIR --resume");
    const Option* option = findOption(key);
    if (option == nullptr)
        refuse(fmt::format("unknown key {}", excerpt(key)), where, nearestRemedy(key));
    option->set(config, parseOptionValue(*option, assignment.substr(equals + 1), where));
    if (places != nullptr)
        (*places)[key] = where;
}

std::string dumpConfig(const RunConfig& config) {
    std::string text;
    std::string section;
    for (const Option& option : optionTable()) {
        if (option.section() != section) {
            section = option.section();
            text += section + ":\n";
        }
        text += fmt::format("  {}: {}\n", option.name(), formatOptionValue(option.get(config)));
    }
    return text;
}

} // namespace headroom
