// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <yaml-cpp/node/node.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// Whether the root of a document is a map with this key, or with a map that has the second key.
bool hasKey(const YAML::Node& root, const char* section, const char* key = nullptr);

/// A YAML document of another program as a flat list of keys: nested maps become "model.dim". Nothing in it
/// is executed: Python's tuples read as lists, tags that name other objects are refused.
class ForeignDocument {
public:
    struct Entry {
        std::string key;
        int line = 0;
        YAML::Node value; ///< a scalar, a list, an empty map or nothing
    };

    /// @param name name of the source in messages
    /// @throws Error (Input) for a key that is given twice or is not plain text, a type tag, or too many keys
    ForeignDocument(const YAML::Node& root, std::string name);

    const std::string& name() const { return name_; }
    const std::vector<Entry>& entries() const { return entries_; }
    /// The entry with this key; null if it is absent.
    const Entry* find(std::string_view key) const;
    /// Whether the key has a value other than null.
    bool has(std::string_view key) const { return value(key).has_value(); }

    /// The value of a key, with references such as ${opt.lr} or ${..opt.lr} followed; absent if the key is
    /// absent or null. The typed versions throw Error (Input) for a value of another type.
    std::optional<YAML::Node> value(std::string_view key) const;
    std::optional<double> number(std::string_view key) const;
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<bool> flag(std::string_view key) const;
    std::optional<std::string> text(std::string_view key) const;
    std::optional<std::vector<std::string>> texts(std::string_view key) const;

    /// "mine.yaml:3, model.dim"; without the line if the key is absent.
    std::string place(std::string_view key) const;
    /// A value as one line, shortened.
    static std::string shown(const YAML::Node& value);

private:
    void flatten(const YAML::Node& map, const std::string& prefix, int level);
    void add(const std::string& key, const YAML::Node& keyNode, const YAML::Node& value);
    void refuseTag(const YAML::Node& node) const;
    void refuseTagsIn(const YAML::Node& value) const;
    void refuseOctal(const Entry& entry) const;
    [[noreturn]] void refuse(std::string_view key, const char* expected, const YAML::Node& given) const;

    std::string name_;
    std::vector<Entry> entries_;
    std::map<std::string, std::size_t, std::less<>> places_; ///< index of each key in entries_
};

} // namespace headroom
