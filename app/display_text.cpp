// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/display_text.h"

#include "core/support/utf8.h"

#include <fmt/format.h>

#include <cstdint>

namespace headroom::app {
namespace {

/// The text with control characters replaced by escape(character), and bytes that are not UTF-8 by '?'.
template <typename Escape>
std::string escaped(std::string_view text, const Escape& escape) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Utf8Character next = decodeUtf8(text);
        if (!next.valid)
            result += '?';
        else if (isControlCharacter(next.code))
            result += escape(next.code);
        else
            result += text.substr(0, next.bytes);
        text.remove_prefix(next.bytes);
    }
    return result;
}

} // namespace

std::string printable(std::string_view text) {
    return escaped(text, [](char32_t) { return "?"; });
}

std::string printableLines(std::string_view text) {
    return escaped(text, [](char32_t character) { return character == '\n' ? "\n" : "?"; });
}

std::string printableJson(std::string_view json) {
    return escaped(json, [](char32_t character) {
        return character == '\n' ? "\n" : fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character));
    });
}

std::size_t displayWidth(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const Utf8Character next = decodeUtf8(text);
        width += next.valid ? static_cast<std::size_t>(columnsOf(next.code)) : 1;
        text.remove_prefix(next.bytes);
    }
    return width;
}

} // namespace headroom::app
