// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <string_view>

namespace headroom {

/// Whether the name of a parameter begins with whole parts of `prefix`: "layers.1" and "layers.1." are
/// prefixes of "layers.1.0.norm.weight", but not of "layers.10.0.norm.weight".
inline bool hasPrefix(std::string_view name, std::string_view prefix) {
    if (prefix.empty() || !name.starts_with(prefix))
        return false;
    return name.size() == prefix.size() || prefix.back() == '.' || name[prefix.size()] == '.';
}

template <class Prefixes>
bool hasAnyPrefix(std::string_view name, const Prefixes& prefixes) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return hasPrefix(name, prefix); });
}

} // namespace headroom
