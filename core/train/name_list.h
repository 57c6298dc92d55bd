// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

namespace headroom {

/// "a, b, c"; of more than ten names the first ten "and 7 more".
inline std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 10;
    if (names.size() <= most)
        return fmt::format("{}", fmt::join(names, ", "));
    return fmt::format("{} and {} more", fmt::join(names.begin(), names.begin() + most, ", "),
                       names.size() - most);
}

} // namespace headroom
