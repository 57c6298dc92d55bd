// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/scalar_text.h"

#include "core/support/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace headroom {
namespace {

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// YAML allows a leading plus sign, std::from_chars does not.
std::string_view withoutPlus(std::string_view text) {
    return text.size() > 1 && text[0] == '+' && text[1] != '-' ? text.substr(1) : text;
}

template <typename Number>
std::optional<Number> parseWhole(std::string_view text) {
    text = withoutPlus(text);
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end)
        return std::nullopt;
    return number;
}

} // namespace

std::optional<std::int64_t> parseInteger(std::string_view text) {
    return parseWhole<std::int64_t>(text);
}

std::optional<double> parseReal(std::string_view text) {
    const auto number = parseWhole<double>(text);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

std::string formatNumber(double number) {
    return number == std::floor(number) && std::abs(number) < 1e15 ? fmt::format("{:.0f}", number)
                                                                   : fmt::format("{}", number);
}

bool isUtf8(std::string_view text) {
    while (!text.empty()) {
        const Utf8Character next = decodeUtf8(text);
        if (!next.valid)
            return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

bool isPlainWord(std::string_view text) {
    constexpr std::array<std::string_view, 10> meaningful = {"true", "false", "yes", "no", "on",
                                                             "off",  "null",  "y",   "n",  "nan"};
    if (text.empty() || !isLetter(text[0]))
        return false;
    const bool harmless = std::all_of(text.begin(), text.end(), [](char c) {
        return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '.' || c == '/';
    });
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return harmless && std::find(meaningful.begin(), meaningful.end(), lower) == meaningful.end();
}

std::string inQuotes(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += {'\\', c};
        else if (isControl(c))
            result += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result + '"';
}

std::string excerpt(std::string_view text) {
    constexpr std::size_t longest = 60;
    std::string shown;
    while (!text.empty() && shown.size() < longest) {
        const Utf8Character next = decodeUtf8(text);
        if (!next.valid || isControlCharacter(next.code))
            shown += '?';
        else
            shown += text.substr(0, next.bytes);
        text.remove_prefix(next.bytes);
    }
    return "'" + shown + (text.empty() ? "'" : "...'");
}

} // namespace headroom
