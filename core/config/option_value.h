// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <string>
#include <string_view>

namespace headroom {

/// The allowed values of an option in words: "a whole number from 1 to 256".
std::string allowedValues(const Option& option);

/// "next step", "resume" or "new run".
std::string takesEffectText(TakesEffect effect);

/// The value as one line of YAML. parseOptionValue reads the same value back.
std::string formatOptionValue(const OptionValue& value);

/// Reads a value as it is written after "key:" in YAML; text needs no quotes.
/// @param where the place that an Error names
/// @throws Error of kind Input if the value is not allowed
OptionValue parseOptionValue(const Option& option, std::string_view text, const std::string& where = {});

/// Checks a value of the option's type against its bounds.
/// @param where the place that an Error names
/// @throws Error of kind Input if the value is not allowed
void checkOptionValue(const Option& option, const OptionValue& value, const std::string& where = {});

} // namespace headroom
