// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <vector>

namespace headroom {

/// Consecutive bands of equal width. Their small layers are computed as one batched product.
struct BandGroup {
    std::int64_t first; ///< band
    std::int64_t count; ///< bands
    std::int64_t width; ///< bins of each band
};

/// Groups consecutive equal widths, from low to high.
std::vector<BandGroup> bandGroups(const std::vector<std::int64_t>& widths);

/// The entries of a per-band list that belong to a group.
template <class T>
std::vector<T> ofGroup(const std::vector<T>& byBand, const BandGroup& group) {
    const auto begin = byBand.begin() + group.first;
    return {begin, begin + group.count};
}

} // namespace headroom
