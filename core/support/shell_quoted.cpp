// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/shell_quoted.h"

#include "core/support/utf8.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {
namespace {

bool isPlain(char c) {
    constexpr std::string_view others = "_@%+=:,./-";
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

bool isPrintable(std::string_view text) {
    while (!text.empty()) {
        const Utf8Character next = decodeUtf8(text);
        if (!next.valid || isControlCharacter(next.code))
            return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

} // namespace

std::string shellQuoted(std::string_view text) {
    if (!text.empty() && std::ranges::all_of(text, isPlain))
        return std::string(text);
    const bool printable = isPrintable(text);
    std::string quoted = printable ? "'" : "$'";
    for (const char c : text) {
        if (c == '\'')
            quoted += printable ? "'\\''" : "\\'";
        else if (!printable && c == '\\')
            quoted += "\\\\";
        else if (!printable && (c < ' ' || c > '~'))
            quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            quoted += c;
    }
    return quoted + "'";
}

} // namespace headroom
