// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/output_name.h"

#include "core/separate/safe_file_name.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace headroom {
namespace {

[[noreturn]] void rejectName(const std::string& text, const std::string& what,
                             const std::vector<std::string>& names) {
    throw Error(ErrorKind::Input, fmt::format("the name template '{}' {}", text, what), {},
                fmt::format("Use a relative path such as {} with the placeholders {{{}}}.",
                            OutputName::standard, fmt::join(names, "}, {")));
}

} // namespace

OutputName::OutputName(const std::string& text, const std::vector<std::string>& names) {
    std::string_view rest = text;
    for (bool more = true; more;) {
        const std::size_t slash = rest.find('/');
        const std::string_view part = rest.substr(0, slash);
        if (part.empty() || part == "." || part == "..")
            rejectName(text, "has an invalid part between slashes", names);
        parts_.push_back(parse(part, text, names));
        more = slash != std::string_view::npos;
        rest.remove_prefix(more ? slash + 1 : rest.size());
    }
}

OutputName::Part OutputName::parse(std::string_view part, const std::string& text,
                                   const std::vector<std::string>& names) {
    Part pieces;
    while (!part.empty()) {
        const std::size_t brace = part.find_first_of("{}");
        if (brace > 0) {
            pieces.push_back({std::string(part.substr(0, brace))});
            part.remove_prefix(std::min(brace, part.size()));
            continue;
        }
        const std::size_t end = part.find('}');
        if (part.front() == '}' || end == std::string_view::npos)
            rejectName(text, "has a brace without its counterpart", names);
        const std::string name(part.substr(1, end - 1));
        if (std::ranges::find(names, name) == names.end())
            rejectName(text, fmt::format("has the unknown placeholder {{{}}}", name), names);
        pieces.push_back({name, true});
        part.remove_prefix(end + 1);
    }
    return pieces;
}

bool OutputName::has(std::string_view name) const {
    return std::ranges::any_of(parts_, [&](const Part& part) {
        return std::ranges::any_of(
            part, [&](const Piece& piece) { return piece.isPlaceholder && piece.text == name; });
    });
}

std::filesystem::path OutputName::path(const NameValues& values) const {
    std::filesystem::path path;
    for (const Part& part : parts_) {
        std::string name;
        for (const Piece& piece : part)
            name += piece.isPlaceholder ? values.find(piece.text)->second : piece.text;
        path /= safeFileName(name);
    }
    return path;
}

} // namespace headroom
