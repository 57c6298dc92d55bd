// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// What the placeholders of an OutputName stand for, by name.
using NameValues = std::map<std::string, std::string, std::less<>>;

/// A template for the paths of stem files, such as "{file_name}/{instr}", with the placeholders of MSST: a
/// slash separates folders, and {NAME} stands for a value.
class OutputName {
public:
    static constexpr const char* standard = "{file_name}/{instr}";

    /// Throws Error (Input) for an empty or absolute template, for a part that is empty, "." or "..", for an
    /// unknown placeholder and for a brace without its counterpart.
    /// @param names the placeholders that there are
    OutputName(const std::string& text, const std::vector<std::string>& names);

    bool has(std::string_view name) const;

    /// A relative path without extension that stays in its folder: every part is made safe by safeFileName().
    /// @param values of all names
    std::filesystem::path path(const NameValues& values) const;

private:
    struct Piece {
        std::string text;
        bool isPlaceholder = false;
    };
    using Part = std::vector<Piece>;
    static Part parse(std::string_view part, const std::string& text, const std::vector<std::string>& names);

    std::vector<Part> parts_; ///< one per folder, and the file
};

} // namespace headroom
