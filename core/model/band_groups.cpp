// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/band_groups.h"

namespace headroom {

std::vector<BandGroup> bandGroups(const std::vector<std::int64_t>& widths) {
    std::vector<BandGroup> groups;
    for (const std::int64_t width : widths) {
        if (groups.empty() || groups.back().width != width)
            groups.push_back({groups.empty() ? 0 : groups.back().first + groups.back().count, 0, width});
        ++groups.back().count;
    }
    return groups;
}

} // namespace headroom
