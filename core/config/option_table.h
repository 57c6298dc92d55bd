// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// One option per field of RunConfig, in declaration order. Thread-safe.
const std::vector<Option>& optionTable();

/// The option with this key, or null.
const Option* findOption(std::string_view key);

/// The option whose key is most similar to this one; null if none is similar enough.
const Option* nearestOption(std::string_view key);

/// The reference of all options in Markdown, stored in configs/README.md.
std::string optionReference();

} // namespace headroom
