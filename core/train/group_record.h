// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/batch.h"

#include <string>
#include <vector>

namespace headroom {

/// Origins of the batches of an accumulation group, to report those with a non-finite loss or gradient. One
/// thread.
class GroupRecord {
public:
    void add(std::vector<std::vector<SegmentOrigin>> origins, bool lossIsFinite);

    /// "song/stem at 12.3 s" for every segment of the batches with a non-finite loss, without duplicates; of
    /// all batches if only the gradient was not finite.
    std::vector<std::string> suspects() const;

    /// Whether a loss was not finite.
    bool hasBadLoss() const;

    void clear() { batches_.clear(); }

private:
    struct Entry {
        std::vector<std::vector<SegmentOrigin>> origins;
        bool lossIsFinite;
    };
    std::vector<Entry> batches_;
};

} // namespace headroom
