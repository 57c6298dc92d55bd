#pragma once

#include "core/config/knob.h"

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// Every field of RunConfig, in the order of its declaration. Any thread.
const std::vector<Knob>& knobTable();

/// Null where there is no such knob.
const Knob* findKnob(std::string_view key);

/// The knob whose key looks most like this one; null where none looks like it.
const Knob* nearestKnob(std::string_view key);

/// The reference of all keys, in Markdown: what configs/README.md holds.
std::string knobReference();

} // namespace headroom
