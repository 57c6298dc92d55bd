// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/event_time.h"

#include <fmt/format.h>

#include <charconv>

namespace headroom {
namespace {

/// The number in a field of `count` digits; nothing if it has other characters.
std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    const std::string_view field = text.substr(from, count);
    if (field.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    int number = 0;
    std::from_chars(field.data(), field.data() + field.size(), number);
    return number;
}

} // namespace

EventTime eventTimeNow() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string formatEventTime(EventTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

std::optional<EventTime> parseEventTime(std::string_view text) {
    constexpr std::size_t length = 24;
    if (text.size() != length)
        return std::nullopt;
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    const auto millisecond = digits(text, 20, 3);
    if (!year || !month || !day || !hour || !minute || !second || !millisecond)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok())
        return std::nullopt;
    const EventTime time = std::chrono::sys_days(date) + std::chrono::hours(*hour) +
                           std::chrono::minutes(*minute) + std::chrono::seconds(*second) +
                           std::chrono::milliseconds(*millisecond);
    // The round trip catches wrong separators and out-of-range fields.
    return formatEventTime(time) == text ? std::optional(time) : std::nullopt;
}

} // namespace headroom
