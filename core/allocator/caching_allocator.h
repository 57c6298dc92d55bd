#pragma once

#include "core/allocator/memory_block.h"
#include "core/values/forecast.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace headroom {

/// What torch.cuda.memory_stats() counts, under its names; bytes or numbers.
struct AllocatorStatistics {
    std::int64_t allocated = 0;
    std::int64_t allocatedPeak = 0;
    std::int64_t reserved = 0;
    std::int64_t reservedPeak = 0;
    std::int64_t requested = 0;
    std::int64_t inactiveSplitBytes = 0; ///< free in segments that are in use; not counted when expandable
    std::int64_t inactiveSplitBlocks = 0;
    std::int64_t segments = 0; ///< not counted when expandable
    std::int64_t retries = 0;
    std::int64_t ooms = 0;
    std::int64_t deviceAllocations = 0;
    std::int64_t deviceFrees = 0;

    bool operator==(const AllocatorStatistics&) const = default;
};

/// PyTorch 2.11's CUDA caching allocator without the memory: it answers every request as that one does on a
/// device of this capacity, byte by byte. Not modelled: use of a block by streams other than its own, private
/// pools, garbage collection, rounding to divisions of powers of two. Not for several threads at once.
class CachingAllocator {
public:
    /// capacity: what the device has for this process, bytes > 0. maxSplitSize, if any, is above 20 MiB.
    CachingAllocator(AllocatorSettings settings, std::int64_t capacity);
    CachingAllocator(const CachingAllocator&) = delete;
    CachingAllocator& operator=(const CachingAllocator&) = delete;

    /// bytes >= 0. A null block where nothing was asked for; nothing where memory ran out, in which case
    /// cached memory was given back, but no live block has changed. The block is the allocator's, until
    /// freed.
    std::optional<MemoryBlock*> allocate(std::int64_t bytes, int stream = 0);

    /// Once for each block that allocate() gave; a null block is nothing to free.
    void free(MemoryBlock* block);

    /// Gives back to the device all that no block lives in.
    void emptyCache();

    const AllocatorStatistics& statistics() const { return statistics_; }

    struct Piece {
        std::int64_t size = 0;
        bool allocated = false;
        bool operator==(const Piece&) const = default;
    };
    /// Each stretch of memory with the blocks in it, in order of address.
    std::vector<std::vector<Piece>> segments() const;

private:
    std::int64_t pageSize(const BlockPool& pool) const;
    bool isOversize(std::int64_t size) const;

    MemoryBlock* takeCached(BlockPool& pool, std::int64_t size, int stream);
    MemoryBlock* takeFromDevice(BlockPool& pool, std::int64_t size, int stream);
    MemoryBlock* makeSegment(BlockPool& pool, std::int64_t size, int stream);
    void splitOff(MemoryBlock* block, std::int64_t size);

    bool releaseOversize(BlockPool& pool, std::int64_t size, int stream);
    void releasePool(BlockPool& pool);
    void releaseSegment(MemoryBlock* block);

    MemoryBlock* expand(BlockPool& pool, std::int64_t size, int stream);
    MemoryBlock* roomToExpand(BlockPool& pool, std::int64_t size, int stream);
    bool map(MemoryBlock* block, std::int64_t size);
    void unmap(MemoryBlock* block);

    MemoryBlock* newBlock(const MemoryBlock& value);
    MemoryBlock* cutBack(MemoryBlock* block, std::int64_t size);
    void merge(MemoryBlock* block, MemoryBlock* neighbour);
    void list(MemoryBlock* block);
    void unlist(MemoryBlock* block);
    void countInactive(const MemoryBlock* block, int sign);
    void reserve(std::int64_t bytes);

    AllocatorSettings settings_;
    std::int64_t capacity_;
    std::int64_t nextAddress_ = 0;
    BlockPool small_;
    BlockPool large_;
    std::deque<MemoryBlock> blocks_ = {};
    std::vector<MemoryBlock*> spare_ = {}; ///< of blocks_, those with no pool
    AllocatorStatistics statistics_ = {};
};

} // namespace headroom
