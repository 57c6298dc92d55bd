// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/foreign_document.h"

#include "core/config/scalar_text.h"
#include "core/config/yaml_document.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <utility>

namespace headroom {
namespace {

/// Aliases let a short text stand for any number of keys, and for maps in themselves.
constexpr std::size_t mostKeys = 2000;
constexpr int deepestLevel = 8;

/// Tags of plain values and of Python's containers of plain values.
bool isPlainTag(std::string_view tag) {
    constexpr std::string_view yaml = "tag:yaml.org,2002:";
    constexpr std::array<std::string_view, 17> plain = {
        "str",        "int",          "float",        "bool",        "null",       "seq",
        "map",        "python/tuple", "python/list",  "python/dict", "python/str", "python/unicode",
        "python/int", "python/long",  "python/float", "python/bool", "python/none"};
    if (tag.empty() || tag == "?" || tag == "!")
        return true;
    return tag.starts_with(yaml) && std::ranges::find(plain, tag.substr(yaml.size())) != plain.end();
}

std::optional<std::string> plainScalar(const YAML::Node& node) {
    if (!node.IsScalar() || node.Tag() == "!")
        return std::nullopt;
    return node.Scalar();
}

/// The path of a value that is only a reference: "opt.lr" for ${opt.lr}.
std::optional<std::string> reference(const YAML::Node& node) {
    if (!node.IsScalar())
        return std::nullopt;
    const std::string& text = node.Scalar();
    if (!text.starts_with("${") || !text.ends_with('}') || text.find_first_of(":{", 2) != std::string::npos)
        return std::nullopt;
    return text.substr(2, text.size() - 3);
}

/// The key that a reference in `from` means. Leading dots go up: one to the section of `from`, two to the
/// section around it.
std::string absoluteKey(std::string_view reference, std::string_view from) {
    const std::size_t dots = std::min(reference.find_first_not_of('.'), reference.size());
    if (dots == 0)
        return std::string(reference);
    std::string section(from);
    for (std::size_t i = 0; i < dots; ++i) {
        const auto dot = section.rfind('.');
        section.resize(dot == std::string::npos ? 0 : dot);
    }
    const std::string_view rest = reference.substr(dots);
    return section.empty() ? std::string(rest) : fmt::format("{}.{}", section, rest);
}

} // namespace

bool hasKey(const YAML::Node& root, const char* section, const char* key) {
    if (!root.IsMap() || !root[section].IsDefined())
        return false;
    const YAML::Node inside = root[section];
    return key == nullptr || (inside.IsMap() && inside[key].IsDefined());
}

ForeignDocument::ForeignDocument(const YAML::Node& root, std::string name) : name_(std::move(name)) {
    refuseTag(root);
    if (root.IsMap())
        flatten(root, "", 1);
}

void ForeignDocument::flatten(const YAML::Node& map, const std::string& prefix, int level) {
    for (const auto& entry : map) {
        const std::string where = yamlPlace(name_, entry.first.Mark());
        if (!entry.first.IsScalar())
            throw Error(ErrorKind::Input, "a key must be plain text", where);
        refuseTag(entry.first);
        refuseTag(entry.second);
        const std::string key = prefix + entry.first.Scalar();
        if (!entry.second.IsMap() || entry.second.size() == 0)
            add(key, entry.first, entry.second);
        else if (level < deepestLevel)
            flatten(entry.second, key + ".", level + 1);
        else
            throw Error(ErrorKind::Input, fmt::format("more than {} levels of keys", deepestLevel), where);
    }
}

void ForeignDocument::add(const std::string& key, const YAML::Node& keyNode, const YAML::Node& value) {
    const std::string where = yamlPlace(name_, keyNode.Mark());
    if (entries_.size() == mostKeys)
        throw Error(ErrorKind::Input, fmt::format("more than {} keys: this is not a configuration", mostKeys),
                    where);
    if (!places_.emplace(key, entries_.size()).second)
        throw Error(ErrorKind::Input, fmt::format("key {} is given twice", excerpt(key)), where);
    entries_.push_back({key, keyNode.Mark().line + 1, value});
}

void ForeignDocument::refuseTag(const YAML::Node& node) const {
    if (!isPlainTag(node.Tag()))
        throw Error(ErrorKind::Input, fmt::format("type tag {} is not supported", excerpt(node.Tag())),
                    yamlPlace(name_, node.Mark()),
                    "Remove the tag: a configuration has plain values, and nothing in it is executed.");
}

void ForeignDocument::refuseTagsIn(const YAML::Node& value) const {
    if (!value.IsSequence())
        return;
    for (const auto& element : value)
        refuseTag(element);
}

/// Python reads 010 as 8, other programs as 10.
void ForeignDocument::refuseOctal(const Entry& entry) const {
    const auto text = plainScalar(entry.value);
    if (text && text->size() > 1 && text->front() == '0' &&
        text->find_first_not_of("0123456789") == std::string::npos)
        throw Error(
            ErrorKind::Input,
            fmt::format("{} {} can be read as an octal or as a decimal number", entry.key, excerpt(*text)),
            place(entry.key), "Write it without leading zeros.");
}

const ForeignDocument::Entry* ForeignDocument::find(std::string_view key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? nullptr : &entries_[found->second];
}

std::optional<YAML::Node> ForeignDocument::value(std::string_view key) const {
    constexpr int mostReferences = 8; // they may form a circle
    std::string current(key);
    for (int followed = 0; followed <= mostReferences; ++followed) {
        const Entry* entry = find(current);
        if (entry == nullptr) {
            if (followed == 0)
                return std::nullopt;
            throw Error(ErrorKind::Input, fmt::format("there is no {} to refer to", excerpt(current)),
                        place(key));
        }
        if (entry->value.IsNull())
            return std::nullopt;
        const auto target = reference(entry->value);
        if (!target) {
            refuseTagsIn(entry->value);
            refuseOctal(*entry);
            return entry->value;
        }
        current = absoluteKey(*target, current);
    }
    throw Error(ErrorKind::Input, "the reference leads in a circle", place(key));
}

std::optional<double> ForeignDocument::number(std::string_view key) const {
    const auto node = value(key);
    if (!node)
        return std::nullopt;
    const auto text = plainScalar(*node);
    const auto number = text ? parseReal(*text) : std::nullopt;
    if (!number)
        refuse(key, "a number", *node);
    return number;
}

std::optional<std::int64_t> ForeignDocument::integer(std::string_view key) const {
    const auto node = value(key);
    if (!node)
        return std::nullopt;
    const auto text = plainScalar(*node);
    const auto number = text ? parseInteger(*text) : std::nullopt;
    if (!number)
        refuse(key, "a whole number", *node);
    return number;
}

std::optional<bool> ForeignDocument::flag(std::string_view key) const {
    const auto node = value(key);
    if (!node)
        return std::nullopt;
    const std::string text = plainScalar(*node).value_or("");
    if (text == "true" || text == "True" || text == "TRUE")
        return true;
    if (text == "false" || text == "False" || text == "FALSE")
        return false;
    refuse(key, "true or false", *node);
}

std::optional<std::string> ForeignDocument::text(std::string_view key) const {
    const auto node = value(key);
    if (!node)
        return std::nullopt;
    if (!node->IsScalar())
        refuse(key, "text", *node);
    return node->Scalar();
}

std::optional<std::vector<std::string>> ForeignDocument::texts(std::string_view key) const {
    const auto node = value(key);
    if (!node)
        return std::nullopt;
    if (!node->IsSequence())
        refuse(key, "a list of names", *node);
    std::vector<std::string> texts;
    for (const auto& element : *node) {
        if (!element.IsScalar())
            refuse(key, "a list of names", *node);
        texts.push_back(element.Scalar());
    }
    return texts;
}

std::string ForeignDocument::place(std::string_view key) const {
    const Entry* entry = find(key);
    return entry == nullptr ? fmt::format("{}, {}", name_, key)
                            : fmt::format("{}:{}, {}", name_, entry->line, key);
}

std::string ForeignDocument::shown(const YAML::Node& value) {
    constexpr std::size_t longest = 60; // bytes
    if (value.IsNull())
        return "null";
    if (value.IsMap())
        return value.size() == 0 ? "{}" : "{...}";
    std::string text;
    if (value.IsScalar()) {
        text = excerpt(value.Scalar());
        return text.substr(1, text.size() - 2); // without quotes
    }
    for (const auto& element : value) {
        text += (text.empty() ? "[" : ", ") + (element.IsSequence() ? "[...]" : shown(element));
        if (text.size() > longest)
            return text + ", ...]";
    }
    return text.empty() ? "[]" : text + "]";
}

void ForeignDocument::refuse(std::string_view key, const char* expected, const YAML::Node& given) const {
    throw Error(ErrorKind::Input, fmt::format("{} must be {}, not {}", key, expected, excerpt(shown(given))),
                place(key));
}

} // namespace headroom
