// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/block_store.h"
#include "core/values/forecast.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace headroom {

/// The counters of torch.cuda.memory_stats(), in bytes or as counts.
struct AllocatorStatistics {
    std::int64_t allocated = 0;
    std::int64_t allocatedPeak = 0;
    std::int64_t reserved = 0;
    std::int64_t reservedPeak = 0;
    std::int64_t requested = 0;
    std::int64_t inactiveSplitBytes = 0; ///< free bytes in segments in use; not counted if expandable
    std::int64_t inactiveSplitBlocks = 0;
    std::int64_t segments = 0; ///< not counted if expandable
    std::int64_t retries = 0;
    std::int64_t ooms = 0;
    std::int64_t deviceAllocations = 0;
    std::int64_t deviceFrees = 0;

    bool operator==(const AllocatorStatistics&) const = default;
};

/// A change of the device memory that an allocator holds.
struct SegmentChange {
    enum class Kind {
        Allocated,
        Freed,
        Mapped,
        Unmapped
    }; ///< the latter two: pages of an expandable segment

    Kind kind = Kind::Allocated;
    std::int64_t address = 0;
    std::int64_t bytes = 0;
    int stream = 0;
};
using SegmentObserver = std::function<void(const SegmentChange&)>;

/// A model of PyTorch 2.11's CUDA caching allocator, without memory. For the same requests it returns the
/// same statistics, to the byte, as the original on a device of this capacity. Not modeled: blocks shared by
/// several streams, private pools, garbage collection, roundup_power2_divisions. Not thread-safe.
class CachingAllocator {
public:
    static constexpr std::int64_t smallestBlock = 512; ///< sizes are multiples of it

    /// @param settings a maxSplitSize other than 0 must exceed 20 MiB
    /// @param capacity bytes of the device available to this process, > 0
    CachingAllocator(AllocatorSettings settings, std::int64_t capacity);
    /// A copy in the same state, with blocks of its own, and the same observer.
    CachingAllocator(const CachingAllocator& other);
    CachingAllocator& operator=(const CachingAllocator&) = delete;

    /// @param bytes >= 0
    /// @return the block, owned by the allocator until it is freed; null if bytes is 0; absent if out of
    ///         memory, after unused cached memory was released to the device
    std::optional<MemoryBlock*> allocate(std::int64_t bytes, int stream = 0);

    /// Call once for each block from allocate(); null is ignored.
    void free(MemoryBlock* block);

    /// Releases all unused cached memory to the device.
    void emptyCache();

    const AllocatorStatistics& statistics() const { return statistics_; }
    FreeMemory freeMemory() const;

    /// Calls this at each change of the segments, before the request that caused it is answered.
    void setSegmentObserver(SegmentObserver observer) { observer_ = std::move(observer); }

    /// The first block of each segment, in order of address. Expandable segments have unmapped blocks.
    std::vector<const MemoryBlock*> segments() const;

    /// The smallest larger capacity with which a request so far would have had another answer.
    std::int64_t nextCapacity() const;

    /// Continues as if it had had this capacity from the beginning.
    /// @param capacity at least the present one, and less than nextCapacity()
    void setCapacity(std::int64_t capacity);

    /// The block that corresponds to one of the allocator that this one was copied from; null for null.
    MemoryBlock* counterpart(const MemoryBlock* block) { return blocks_.counterpart(block); }

    /// The blocks in order of address. After equal layouts, equal requests lead to equal layouts.
    std::vector<std::int64_t> layout() const;

private:
    friend struct AllocatorSnapshot; // in the test: reads all blocks

    std::int64_t pageSize(const BlockPool& pool) const;
    bool isOversize(std::int64_t size) const;

    MemoryBlock* takeFreeBlock(BlockPool& pool, std::int64_t size, int stream);
    MemoryBlock* allocateFromDevice(BlockPool& pool, std::int64_t size, int stream);
    MemoryBlock* allocateSegment(BlockPool& pool, std::int64_t size, int stream);
    void returnRemainder(MemoryBlock* block, std::int64_t size);

    bool releaseOversize(BlockPool& pool, std::int64_t size, int stream);
    void releasePool(BlockPool& pool);
    void releaseSegment(MemoryBlock* block);

    MemoryBlock* expand(BlockPool& pool, std::int64_t size, int stream);
    static bool growsLess(const MemoryBlock* block, const MemoryBlock* other);
    MemoryBlock* findExpandableBlock(BlockPool& pool, std::int64_t size, int stream);
    bool map(MemoryBlock* block, std::int64_t size);
    void unmap(MemoryBlock* block);

    void adopt(BlockPool& pool);
    MemoryBlock* splitBlock(MemoryBlock* block, std::int64_t size);
    void merge(MemoryBlock* block, MemoryBlock* neighbor);
    void insertFree(MemoryBlock* block);
    void eraseFree(MemoryBlock* block);
    void countInactive(const MemoryBlock* block, int sign);
    bool hasRoom(std::int64_t bytes);
    void reserve(SegmentChange::Kind kind, const MemoryBlock* block, std::int64_t bytes);
    void giveBack(SegmentChange::Kind kind, const MemoryBlock* block);
    void observe(SegmentChange::Kind kind, const MemoryBlock* block, std::int64_t bytes) const;

    AllocatorSettings settings_;
    SegmentObserver observer_ = {};
    std::int64_t capacity_;
    std::int64_t nextAddress_ = 0;
    BlockPool small_;
    BlockPool large_;
    BlockStore blocks_ = {};
    AllocatorStatistics statistics_ = {};
    std::int64_t smallestRefusal_ = std::numeric_limits<std::int64_t>::max(); ///< capacity that it lacked
};

} // namespace headroom
