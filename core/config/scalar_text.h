#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Numbers and words as text, the same in every locale.
namespace headroom {

/// The whole text as a decimal number; nothing for anything else or one that does not fit.
std::optional<std::int64_t> parseInteger(std::string_view text);

/// The same for a finite real number, as 0.5 or 5e-4.
std::optional<double> parseReal(std::string_view text);

/// The shortest text that is read as the same number.
std::string formatNumber(double number);

bool isUtf8(std::string_view text);

/// Whether YAML reads these characters, without quotes, as this text and nothing else.
bool isPlainWord(std::string_view text);

/// The text in YAML's (and JSON's) double quotes, on one line.
std::string inQuotes(std::string_view text);

/// The beginning of a text that may be long, on one line, in single quotes: for messages.
std::string excerpt(std::string_view text);

} // namespace headroom
