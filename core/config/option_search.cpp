// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace headroom {
namespace {

/// Levenshtein distance.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
        }
    }
    return row.back();
}

/// Ranks the right name in a wrong section above a misspelled name.
std::size_t distance(std::string_view key, const Option& option) {
    const auto dot = key.rfind('.');
    const std::string_view name = dot == std::string_view::npos ? key : key.substr(dot + 1);
    return std::min(editDistance(key, option.key), editDistance(name, option.name()) + 1);
}

} // namespace

const Option* findOption(std::string_view key) {
    const auto& table = optionTable();
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const Option& option) { return option.key == key; });
    return found == table.end() ? nullptr : &*found;
}

const Option* nearestOption(std::string_view key) {
    constexpr std::size_t longestKey = 100;
    if (key.size() > longestKey)
        return nullptr;
    const auto& table = optionTable();
    const auto nearest = std::min_element(table.begin(), table.end(), [&](const Option& a, const Option& b) {
        return distance(key, a) < distance(key, b);
    });
    // At most a quarter of the letters may differ: with half of them, num_steps would suggest num_epochs.
    const std::size_t limit = std::max<std::size_t>(2, (key.size() - (key.rfind('.') + 1)) / 4);
    return distance(key, *nearest) <= limit ? &*nearest : nullptr;
}

} // namespace headroom
