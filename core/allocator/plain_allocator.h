// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/block_store.h"
#include "core/allocator/caching_allocator.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace headroom {

/// The CPU's allocator, with the interface of CachingAllocator: it rounds nothing and caches nothing.
class PlainAllocator {
public:
    explicit PlainAllocator(std::int64_t capacity) : capacity_(capacity) {}

    std::optional<MemoryBlock*> allocate(std::int64_t bytes, int = 0) {
        if (bytes > capacity_ - statistics_.allocated) {
            nextCapacity_ = statistics_.allocated + bytes;
            return std::nullopt;
        }
        MemoryBlock* block = blocks_.add({.size = bytes});
        statistics_.allocated += bytes;
        statistics_.allocatedPeak = std::max(statistics_.allocatedPeak, statistics_.allocated);
        statistics_.reserved = statistics_.allocated;
        statistics_.reservedPeak = statistics_.allocatedPeak;
        return block;
    }

    void free(MemoryBlock* block) {
        statistics_.allocated -= block->size;
        statistics_.reserved = statistics_.allocated;
        blocks_.remove(block);
    }

    void emptyCache() {}
    std::int64_t nextCapacity() const { return nextCapacity_; }
    MemoryBlock* counterpart(const MemoryBlock* block) { return blocks_.counterpart(block); }
    void setCapacity(std::int64_t capacity) { capacity_ = capacity; }
    std::vector<std::int64_t> layout() const { return {}; }

    const AllocatorStatistics& statistics() const { return statistics_; }
    FreeMemory freeMemory() const { return {}; }

private:
    std::int64_t capacity_;
    BlockStore blocks_ = {};
    AllocatorStatistics statistics_ = {};
    std::int64_t nextCapacity_ = std::numeric_limits<std::int64_t>::max();
};

} // namespace headroom
