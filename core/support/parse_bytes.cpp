// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/parse_bytes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace headroom {
namespace {

/// The text in lower case without any kind of space: "7.5gib".
std::string condensed(std::string_view given) {
    std::string text(given);
    for (const std::string_view space : {" ", "\t", "\u00a0", "\u202f"}) {
        for (auto at = text.find(space); at != std::string::npos; at = text.find(space, at))
            text.erase(at, space.size());
    }
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

/// Bytes per unit: "gib", "gb", "g" and so on; 1 for an empty unit.
std::optional<double> unitBytes(std::string_view unit) {
    constexpr std::string_view letters = "kmgt";
    if (unit.empty() || unit == "b" || unit == "byte" || unit == "bytes")
        return 1;
    const auto power = letters.find(unit.front());
    const std::string_view rest = unit.substr(1);
    if (power == std::string_view::npos || (!rest.empty() && rest != "b" && rest != "i" && rest != "ib"))
        return std::nullopt;
    return std::pow(rest == "b" ? 1000.0 : 1024.0, static_cast<double>(power + 1));
}

/// A decimal number with a point or a comma as the decimal separator.
std::optional<double> decimal(std::string number) {
    if (const auto comma = number.find(','); comma != std::string::npos) {
        constexpr std::size_t thousands = 3;
        if (number.size() - comma - 1 == thousands || number.find('.') != std::string::npos)
            return std::nullopt;
        number[comma] = '.';
    }
    double value = 0;
    const char* const end = number.data() + number.size();
    const auto [stop, error] = std::from_chars(number.data(), end, value, std::chars_format::fixed);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<ByteAmount> parseBytes(std::string_view text) {
    const std::string plain = condensed(text);
    const auto end = std::min(plain.find_first_not_of("0123456789.,"), plain.size());
    const auto number = decimal(plain.substr(0, end));
    const auto unit = unitBytes(std::string_view(plain).substr(end));
    if (!number || !unit || !std::isfinite(*number * *unit))
        return std::nullopt;
    return ByteAmount{*number * *unit, end < plain.size()};
}

} // namespace headroom
