#pragma once

#include "core/config/option.h"

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// Every field of RunConfig, in the order of its declaration. Any thread.
const std::vector<Option>& optionTable();

/// Null where there is no such knob.
const Option* findOption(std::string_view key);

/// The knob whose key looks most like this one; null where none looks like it.
const Option* nearestOption(std::string_view key);

/// The reference of all keys, in Markdown: what configs/README.md holds.
std::string optionReference();

} // namespace headroom
