#pragma once

#include "core/config/option.h"

#include <string>
#include <string_view>

namespace headroom {

/// What a knob may be set to, in words: "a whole number from 1 to 256".
std::string allowedValues(const Option& option);

/// "next step", "carried on" or "new run".
std::string takesEffectText(TakesEffect effect);

/// The value in a line of YAML, of which parseOptionValue makes the same value.
std::string formatOptionValue(const OptionValue& value);

/// Reads a value as one would write it after "key:" in YAML; text needs no quotes.
/// @param where what Error names as the place
/// @throws Error of kind Input for a value that is not allowed
OptionValue parseOptionValue(const Option& option, std::string_view text, const std::string& where = {});

/// Checks a value of the knob's type against its bounds.
/// @param where what Error names as the place
/// @throws Error of kind Input for a value that is not allowed
void checkOptionValue(const Option& option, const OptionValue& value, const std::string& where = {});

} // namespace headroom
