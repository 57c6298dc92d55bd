// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/time_option.h"

#include "core/config/scalar_text.h"
#include "core/support/error.h"

#include <algorithm>
#include <string_view>

namespace headroom::app {
namespace {

/// Absent if the text is not a position in a song.
std::optional<double> readPosition(std::string_view text) {
    constexpr double perUnit = 60;
    constexpr auto mostColons = 2;
    constexpr double longest = 1e9; // a year has 3e7 seconds
    const auto colons = std::ranges::count(text, ':');
    if (colons > mostColons)
        return std::nullopt;
    double seconds = 0;
    for (auto left = colons; left >= 0; --left) {
        const std::size_t colon = text.find(':');
        const std::string_view field = text.substr(0, colon);
        // Only the last field may have a fraction, and only the first may be 60 or more.
        const auto whole = parseInteger(field);
        const auto value = left > 0
                               ? (whole ? std::optional<double>(static_cast<double>(*whole)) : std::nullopt)
                               : parseReal(field);
        if (!value || *value < 0 || (left < colons && *value >= perUnit))
            return std::nullopt;
        seconds = seconds * perUnit + *value;
        if (seconds > longest)
            return std::nullopt;
        text.remove_prefix(std::min(text.size(), field.size() + 1));
    }
    return seconds;
}

} // namespace

CLI::Option* addTimeOption(CLI::App& command, const std::string& name, std::optional<double>& seconds,
                           const std::string& description) {
    const auto take = [&seconds, name](const std::string& text) {
        seconds = readPosition(text);
        if (!seconds)
            throw Error(ErrorKind::Input, excerpt(text) + " is not a position in a song", name,
                        "Write it as seconds or minutes:seconds, such as 95.5 or 1:35.5.");
    };
    return command.add_option_function<std::string>(name, take, description)->type_name("TIME");
}

} // namespace headroom::app
