#include "core/config/config_file.h"

#include "core/config/knob_table.h"
#include "core/config/knob_value.h"
#include "core/config/knob_yaml.h"
#include "core/config/scalar_text.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>

namespace headroom {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& where, const std::string& remedy = {}) {
    throw Error(ErrorKind::Input, what, where, remedy);
}

std::string place(const std::string& name, const YAML::Mark& mark) {
    return mark.is_null() ? name : fmt::format("{}:{}", name, mark.line + 1);
}

std::string nearestRemedy(const std::string& key) {
    const Knob* nearest = nearestKnob(key);
    if (nearest == nullptr)
        return "configs/README.md lists all keys.";
    return fmt::format("The nearest known key is {} in section {}.", nearest->name(), nearest->section());
}

bool isSection(const std::string& name) {
    for (const Knob& knob : knobTable()) {
        if (knob.section() == name)
            return true;
    }
    return false;
}

/// Reads one document, keeping track of what was named.
class ConfigReader {
public:
    explicit ConfigReader(std::string name) : name_(std::move(name)) {}

    RunConfig read(const YAML::Node& root) {
        if (!root.IsMap() && !root.IsNull())
            refuse("a configuration is a map of sections such as 'training:'", place(name_, root.Mark()));
        refuseTag(root);
        for (const auto& entry : root)
            readSection(keyOf(entry.first, ""), entry.second, place(name_, entry.first.Mark()));
        return config_;
    }

private:
    void readSection(const std::string& section, const YAML::Node& node, const std::string& where) {
        if (!isSection(section))
            refuse(fmt::format("unknown key {}", excerpt(section)), where, nearestRemedy(section));
        if (!node.IsMap() && !node.IsNull())
            refuse(fmt::format("{} must be a map of keys", section), where);
        refuseTag(node);
        for (const auto& entry : node) {
            const std::string key = section + "." + keyOf(entry.first, section + ".");
            readKnob(key, entry.second, place(name_, entry.first.Mark()));
        }
    }

    void readKnob(const std::string& key, const YAML::Node& node, const std::string& where) {
        const Knob* knob = findKnob(key);
        if (knob == nullptr)
            refuse(fmt::format("unknown key {}", excerpt(key)), where, nearestRemedy(key));
        refuseTag(node);
        if (node.IsSequence()) {
            for (const auto& element : node)
                refuseTag(element);
        }
        knob->set(config_, readKnobValue(*knob, node, where));
    }

    /// The text of a key that was not there before.
    std::string keyOf(const YAML::Node& node, const std::string& prefix) {
        if (!node.IsScalar())
            refuse("a key must be a word", place(name_, node.Mark()));
        refuseTag(node);
        if (!seen_.insert(prefix + node.Scalar()).second)
            refuse(fmt::format("key {} is given twice", excerpt(prefix + node.Scalar())),
                   place(name_, node.Mark()));
        return node.Scalar();
    }

    /// A tag asks the reader to make an object of a type; we make none. Python's tuple is but a list.
    void refuseTag(const YAML::Node& node) const {
        const std::string& tag = node.Tag();
        if (tag.empty() || tag == "?" || tag == "!" || tag == "tag:yaml.org,2002:python/tuple")
            return;
        refuse(fmt::format("type tag {} is not read", excerpt(tag)), place(name_, node.Mark()),
               "Remove the tag.");
    }

    std::string name_;
    std::set<std::string> seen_;
    RunConfig config_;
};

/// At most this many bytes are a configuration; more is some other file.
constexpr std::size_t largestFile = 1 << 20;

std::string readFile(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        refuse("this is a folder, not a configuration file", path.string());
    std::ifstream file(path, std::ios::binary);
    if (!file)
        refuse("cannot read the configuration: " + std::system_category().message(errno), path.string());
    std::string text(largestFile + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad())
        refuse("cannot read the configuration", path.string());
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

} // namespace

RunConfig loadConfig(const std::filesystem::path& path) {
    return parseConfig(readFile(path), path.string());
}

RunConfig parseConfig(std::string_view text, const std::string& name) {
    if (text.size() > largestFile || !isUtf8(text) || text.find('\0') != std::string_view::npos)
        refuse("this is not a configuration: not a text in UTF-8 of up to 1 MiB", name);
    std::vector<YAML::Node> documents;
    try {
        documents = YAML::LoadAll(std::string(text));
    } catch (const YAML::Exception& error) {
        refuse("not valid YAML: " + error.msg, place(name, error.mark));
    }
    if (documents.size() > 1)
        refuse("more than one document in a file", place(name, documents[1].Mark()),
               "Remove the line '---'.");
    return ConfigReader(name).read(documents.empty() ? YAML::Node() : documents[0]);
}

void applyOverride(RunConfig& config, std::string_view assignment) {
    const auto equals = assignment.find('=');
    const std::string where = fmt::format("--set {}", excerpt(assignment));
    if (equals == std::string_view::npos)
        refuse("no '='", where, "Write it as --set training.batch_size=2.");
    const std::string key(assignment.substr(0, equals));
    const Knob* knob = findKnob(key);
    if (knob == nullptr)
        refuse(fmt::format("unknown key {}", excerpt(key)), where, nearestRemedy(key));
    knob->set(config, parseKnobValue(*knob, assignment.substr(equals + 1), where));
}

std::string dumpConfig(const RunConfig& config) {
    std::string text;
    std::string section;
    for (const Knob& knob : knobTable()) {
        if (knob.section() != section) {
            section = knob.section();
            text += section + ":\n";
        }
        text += fmt::format("  {}: {}\n", knob.name(), formatKnobValue(knob.get(config)));
    }
    return text;
}

} // namespace headroom
