// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/group_record.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {

void GroupRecord::add(std::vector<std::vector<SegmentOrigin>> origins, bool lossIsFinite) {
    batches_.push_back({std::move(origins), lossIsFinite});
}

std::vector<std::string> GroupRecord::suspects() const {
    const bool anyLossNotFinite = hasBadLoss();
    std::vector<std::string> names;
    for (const Entry& batch : batches_) {
        if (anyLossNotFinite && batch.lossIsFinite)
            continue;
        for (const auto& example : batch.origins) {
            for (const SegmentOrigin& origin : example) {
                std::string name = fmt::format("{}/{} at {:.1f} s", origin.song, origin.stem, origin.seconds);
                if (std::ranges::find(names, name) == names.end())
                    names.push_back(std::move(name));
            }
        }
    }
    return names;
}

bool GroupRecord::hasBadLoss() const {
    return std::ranges::any_of(batches_, [](const Entry& e) { return !e.lossIsFinite; });
}

} // namespace headroom
