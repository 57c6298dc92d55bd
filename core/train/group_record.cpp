#include "core/train/group_record.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {

void GroupRecord::add(std::vector<std::vector<ChunkOrigin>> origins, bool lossIsFinite) {
    batches_.push_back({std::move(origins), lossIsFinite});
}

std::vector<std::string> GroupRecord::suspects() const {
    const bool lossesTell = std::ranges::any_of(batches_, [](const Entry& e) { return !e.lossIsFinite; });
    std::vector<std::string> names;
    for (const Entry& batch : batches_) {
        if (lossesTell && batch.lossIsFinite)
            continue;
        for (const auto& example : batch.origins) {
            for (const ChunkOrigin& origin : example) {
                std::string name = fmt::format("{}/{} at {:.1f} s", origin.song, origin.stem, origin.seconds);
                if (std::ranges::find(names, name) == names.end())
                    names.push_back(std::move(name));
            }
        }
    }
    return names;
}

} // namespace headroom
