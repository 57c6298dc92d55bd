// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/caching_allocator.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace headroom {

/// The CPU's allocator, with the interface of CachingAllocator: it rounds nothing and caches nothing.
class PlainAllocator {
public:
    explicit PlainAllocator(std::int64_t capacity) : capacity_(capacity) {}

    std::optional<MemoryBlock*> allocate(std::int64_t bytes) {
        if (bytes > capacity_ - statistics_.allocated)
            return std::nullopt;
        if (spare_.empty())
            spare_.push_back(&blocks_.emplace_back());
        MemoryBlock* block = spare_.back();
        spare_.pop_back();
        block->size = bytes;
        statistics_.allocated += bytes;
        statistics_.allocatedPeak = std::max(statistics_.allocatedPeak, statistics_.allocated);
        statistics_.reserved = statistics_.allocated;
        statistics_.reservedPeak = statistics_.allocatedPeak;
        return block;
    }

    void free(MemoryBlock* block) {
        statistics_.allocated -= block->size;
        statistics_.reserved = statistics_.allocated;
        spare_.push_back(block);
    }

    void emptyCache() {}

    const AllocatorStatistics& statistics() const { return statistics_; }

private:
    std::int64_t capacity_;
    std::deque<MemoryBlock> blocks_ = {};
    std::vector<MemoryBlock*> spare_ = {};
    AllocatorStatistics statistics_ = {};
};

} // namespace headroom
