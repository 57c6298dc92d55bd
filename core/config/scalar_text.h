// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Numbers and words as text, independent of the locale.
namespace headroom {

/// Parses the whole text as a decimal integer; nothing if it is not one or does not fit.
std::optional<std::int64_t> parseInteger(std::string_view text);

/// Parses the whole text as a finite real number, such as 0.5 or 5e-4.
std::optional<double> parseReal(std::string_view text);

/// The shortest text that parses to the same number.
std::string formatNumber(double number);

bool isUtf8(std::string_view text);

/// Whether YAML reads this text without quotes as the same string.
bool isPlainWord(std::string_view text);

/// The text in double quotes with the escapes of YAML and JSON, on one line.
std::string inQuotes(std::string_view text);

/// The text for a message: shortened, on one line, in single quotes.
std::string excerpt(std::string_view text);

} // namespace headroom
