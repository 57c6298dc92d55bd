#pragma once

#include "core/config/knob.h"

#include <string>
#include <string_view>

namespace headroom {

/// What a knob may be set to, in words: "a whole number from 1 to 256".
std::string allowedValues(const Knob& knob);

/// "next step", "carried on" or "new run".
std::string takesEffectText(TakesEffect effect);

/// The value in a line of YAML, of which parseKnobValue makes the same value.
std::string formatKnobValue(const KnobValue& value);

/// Reads a value as one would write it after "key:" in YAML; text needs no quotes.
/// @param where what Error names as the place
/// @throws Error of kind Input for a value that is not allowed
KnobValue parseKnobValue(const Knob& knob, std::string_view text, const std::string& where = {});

/// Checks a value of the knob's type against its bounds.
/// @param where what Error names as the place
/// @throws Error of kind Input for a value that is not allowed
void checkKnobValue(const Knob& knob, const KnobValue& value, const std::string& where = {});

} // namespace headroom
