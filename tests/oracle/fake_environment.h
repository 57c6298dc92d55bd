// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

/// The fake machine, as described by environment variables.
namespace fake {

/// An integer variable; `fallback` if it is not set.
inline unsigned long long number(const char* variable, unsigned long long fallback) {
    const char* text = std::getenv(variable);
    return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

/// Ten times the compute capability of each card: FAKECUDA_CC=61,86 describes two cards.
inline std::vector<int> capabilities() {
    std::vector<int> list;
    const char* given = std::getenv("FAKECUDA_CC");
    for (std::istringstream text(given == nullptr ? "90" : given); text.good();) {
        std::string one;
        std::getline(text, one, ',');
        if (!one.empty())
            list.push_back(std::atoi(one.c_str()));
    }
    return list;
}

} // namespace fake
