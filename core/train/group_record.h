#pragma once

#include "core/data/batch.h"

#include <string>
#include <vector>

namespace headroom {

/// The batches of an accumulation group, to name those that made its update impossible. One thread.
class GroupRecord {
public:
    void add(std::vector<std::vector<ChunkOrigin>> origins, bool lossIsFinite);

    /// "song/stem at 12.3 s" for the batches whose loss was not finite, each once; for all of them where only
    /// the gradient was not.
    std::vector<std::string> suspects() const;

    void clear() { batches_.clear(); }

private:
    struct Entry {
        std::vector<std::vector<ChunkOrigin>> origins;
        bool lossIsFinite;
    };
    std::vector<Entry> batches_;
};

} // namespace headroom
