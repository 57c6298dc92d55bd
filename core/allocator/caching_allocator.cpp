// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/caching_allocator.h"

#include "core/support/mib.h"
#include "core/support/rounding.h"

#include <algorithm>
#include <iterator>

namespace headroom {

namespace {

constexpr std::int64_t largestSmall = 1 * mib;
constexpr std::int64_t smallSegment = 2 * mib;
constexpr std::int64_t largeSegment = 20 * mib;
constexpr std::int64_t smallestOwnSegment = 10 * mib; ///< requests of this size get their own segment
constexpr std::int64_t ownSegmentRounding = 2 * mib;
constexpr std::int64_t oversizeSlack = 20 * mib; ///< largest unused part of an oversize block
/// Distance between the address ranges of expandable segments: a multiple of both page sizes, and more than a
/// range ever maps. It does not depend on the capacity, so that this can change.
constexpr std::int64_t addressStride = largeSegment << 24;

std::int64_t segmentSize(std::int64_t size) {
    if (size <= largestSmall)
        return smallSegment;
    return size < smallestOwnSegment ? largeSegment : roundUp(size, ownSegmentRounding);
}

/// Address space that an expandable segment reserves, in bytes.
std::int64_t addressBytes(std::int64_t capacity, std::int64_t page) {
    return roundUp(capacity + capacity / 8, page);
}

/// The size that a free block of an expandable segment can grow to.
std::int64_t growableSize(const MemoryBlock* block) {
    const bool canGrow = block->next != nullptr && !block->next->mapped;
    return block->size + (canGrow ? block->next->size : 0);
}

/// Whether the block can grow into the rest of its address range, whose size depends on the capacity.
bool growsIntoRest(const MemoryBlock* block) {
    return block->next != nullptr && !block->next->mapped && block->next->next == nullptr;
}

/// The smallest capacity for which expandable segments reserve this much more than for the given one.
std::int64_t capacityWithMoreAddresses(std::int64_t capacity, std::int64_t growth, std::int64_t page) {
    if (growth == std::numeric_limits<std::int64_t>::max())
        return growth;
    const std::int64_t bytes = addressBytes(capacity, page) + roundUp(growth, page);
    std::int64_t larger = (bytes - page) / 9 * 8; // never more than the result
    while (addressBytes(larger, page) < bytes)
        ++larger;
    return larger;
}

} // namespace

CachingAllocator::CachingAllocator(AllocatorSettings settings, std::int64_t capacity)
    : settings_(settings), capacity_(capacity), small_{.small = true}, large_{.small = false} {}

std::optional<MemoryBlock*> CachingAllocator::allocate(std::int64_t bytes, int stream) {
    if (bytes == 0)
        return nullptr;
    const std::int64_t size = roundUp(bytes, smallestBlock);
    BlockPool& pool = size <= largestSmall ? small_ : large_;

    MemoryBlock* block = takeFreeBlock(pool, size, stream);
    if (block == nullptr)
        block = allocateFromDevice(pool, size, stream);
    if (block == nullptr && releaseOversize(pool, size, stream))
        block = allocateFromDevice(pool, size, stream);
    if (block == nullptr) {
        emptyCache();
        ++statistics_.retries;
        block = allocateFromDevice(pool, size, stream);
    }
    if (block == nullptr) {
        ++statistics_.ooms;
        return std::nullopt;
    }

    returnRemainder(block, size);
    block->allocated = true;
    block->requested = bytes;
    statistics_.requested += bytes;
    statistics_.allocated += block->size;
    statistics_.allocatedPeak = std::max(statistics_.allocatedPeak, statistics_.allocated);
    return block;
}

void CachingAllocator::free(MemoryBlock* block) {
    if (block == nullptr)
        return;
    statistics_.allocated -= block->size;
    statistics_.requested -= block->requested;
    block->allocated = false;
    merge(block, block->previous);
    merge(block, block->next);
    insertFree(block);
}

void CachingAllocator::emptyCache() {
    releasePool(large_);
    releasePool(small_);
}

std::int64_t CachingAllocator::nextCapacity() const {
    // Expandable segments also reserve addresses by the capacity.
    return std::min({smallestRefusal_, capacityWithMoreAddresses(capacity_, small_.growth, pageSize(small_)),
                     capacityWithMoreAddresses(capacity_, large_.growth, pageSize(large_))});
}

void CachingAllocator::setCapacity(std::int64_t capacity) {
    for (BlockPool* pool : {&small_, &large_}) {
        const std::int64_t page = pageSize(*pool);
        const std::int64_t growth = addressBytes(capacity, page) - addressBytes(capacity_, page);
        if (pool->growth != std::numeric_limits<std::int64_t>::max())
            pool->growth -= growth;
        for (MemoryBlock* block : pool->unmapped)
            if (block->next == nullptr) // the rest of an address range
                block->size += growth;
    }
    capacity_ = capacity;
}

std::int64_t CachingAllocator::pageSize(const BlockPool& pool) const {
    return pool.small ? smallSegment : largeSegment;
}

bool CachingAllocator::isOversize(std::int64_t size) const {
    return settings_.maxSplitSize > 0 && size >= settings_.maxSplitSize;
}

// ------------------------------------------------------------ requests

MemoryBlock* CachingAllocator::takeFreeBlock(BlockPool& pool, std::int64_t size, int stream) {
    auto best = pool.free.from(stream, size);
    const auto isOfStream = [&](auto entry) { return entry != pool.free.end() && entry->stream() == stream; };
    if (!isOfStream(best))
        return nullptr;
    if (settings_.expandableSegments)
        for (auto next = std::next(best); isOfStream(next) && growsLess(next->block, best->block); ++next)
            best = next;
    MemoryBlock* block = best->block;
    if (isOversize(size) ? block->size >= size + oversizeSlack : isOversize(block->size))
        return nullptr;
    pool.free.erase(best);
    countInactive(block, -1);
    return block;
}

MemoryBlock* CachingAllocator::allocateFromDevice(BlockPool& pool, std::int64_t size, int stream) {
    return settings_.expandableSegments ? expand(pool, size, stream) : allocateSegment(pool, size, stream);
}

MemoryBlock* CachingAllocator::allocateSegment(BlockPool& pool, std::int64_t size, int stream) {
    const std::int64_t bytes = segmentSize(size);
    if (!hasRoom(bytes))
        return nullptr;
    MemoryBlock* block =
        blocks_.add({.stream = stream, .size = bytes, .address = nextAddress_, .pool = &pool});
    nextAddress_ += bytes;
    ++statistics_.segments;
    reserve(SegmentChange::Kind::Allocated, block, bytes);
    return block;
}

/// Shrinks the block to size and returns the remainder to the cache, unless it is too small to split.
void CachingAllocator::returnRemainder(MemoryBlock* block, std::int64_t size) {
    const std::int64_t rest = block->size - size;
    const bool splitsSmall = block->pool->small || settings_.expandableSegments;
    if (splitsSmall ? rest >= smallestBlock : !isOversize(size) && rest > largestSmall)
        insertFree(splitBlock(block, size));
}

// ------------------------------------------------------------ releasing

/// Releases oversize blocks of the stream until they cover the request.
bool CachingAllocator::releaseOversize(BlockPool& pool, std::int64_t size, int stream) {
    if (settings_.maxSplitSize == 0 || settings_.expandableSegments)
        return false;
    const std::int64_t wanted = std::max(size, settings_.maxSplitSize);
    auto entry = pool.free.from(stream, wanted);
    if (entry != pool.free.end() && entry->stream() == stream) {
        releaseSegment(entry->block);
        return true;
    }
    std::int64_t released = 0;
    while (released < wanted && entry != pool.free.begin()) {
        MemoryBlock* block = std::prev(entry)->block;
        if (block->stream != stream || !isOversize(block->size))
            break;
        released += block->size;
        releaseSegment(block);
        entry = pool.free.from(stream, wanted);
    }
    return released >= wanted;
}

void CachingAllocator::releasePool(BlockPool& pool) {
    const FreeBlocks cached = pool.free;
    for (const auto& [key, address, block] : cached) {
        if (settings_.expandableSegments)
            unmap(block);
        else if (block->isWholeSegment())
            releaseSegment(block);
    }
}

void CachingAllocator::releaseSegment(MemoryBlock* block) {
    eraseFree(block);
    --statistics_.segments;
    giveBack(SegmentChange::Kind::Freed, block);
    blocks_.remove(block);
}

// ------------------------------------------------------------ expandable segments

MemoryBlock* CachingAllocator::expand(BlockPool& pool, std::int64_t size, int stream) {
    MemoryBlock* block = findExpandableBlock(pool, size, stream);
    if (!block->mapped && !map(block, std::min(block->size, size)))
        return nullptr;
    while (block->size < size) {
        MemoryBlock* gap = block->next;
        if (gap == nullptr || !map(gap, std::min(size - block->size, gap->size)))
            return nullptr;
        block = gap; // map() merged the previous block into it
    }
    eraseFree(block);
    return block;
}

/// Whether a free block can grow less than another one, and would so leave less unused.
bool CachingAllocator::growsLess(const MemoryBlock* block, const MemoryBlock* other) {
    const std::int64_t difference = growableSize(other) - growableSize(block);
    std::int64_t& growth = block->pool->growth;
    if (difference > 0 && growsIntoRest(block) && !growsIntoRest(other))
        growth = std::min(growth, difference);
    if (difference <= 0 && growsIntoRest(other) && !growsIntoRest(block))
        growth = std::min(growth, 1 - difference);
    return difference > 0;
}

/// The first block of the lowest range of free and unmapped blocks that is large enough. Reserves a new
/// address range if there is none.
MemoryBlock* CachingAllocator::findExpandableBlock(BlockPool& pool, std::int64_t size, int stream) {
    MemoryBlock key{.stream = stream};
    for (auto gap = pool.unmapped.lower_bound(&key); gap != pool.unmapped.end() && (*gap)->stream == stream;
         ++gap) {
        MemoryBlock* first = *gap;
        if (first->previous != nullptr && !first->previous->allocated)
            first = first->previous;
        std::int64_t room = 0;
        const MemoryBlock* block = first;
        for (; room < size && block != nullptr && !block->allocated; block = block->next)
            room += block->size;
        if (room >= size)
            return first;
        if (block == nullptr) // at the end of the range
            pool.growth = std::min(pool.growth, size - room);
    }
    const std::int64_t space = addressBytes(capacity_, pageSize(pool));
    MemoryBlock* range = blocks_.add(
        {.stream = stream, .size = space, .address = nextAddress_, .pool = &pool, .mapped = false});
    nextAddress_ += addressStride;
    pool.unmapped.insert(range);
    return range;
}

/// Maps at least the first size bytes of an unmapped block, in whole pages, and merges it with free
/// neighbors.
bool CachingAllocator::map(MemoryBlock* block, std::int64_t size) {
    const std::int64_t bytes = roundUp(size, pageSize(*block->pool));
    if (!hasRoom(bytes))
        return false;
    block->pool->unmapped.erase(block);
    if (bytes == block->size && block->next == nullptr)
        block->pool->growth = 1; // with any growth, the range would have a rest
    if (bytes < block->size)
        block->pool->unmapped.insert(splitBlock(block, bytes));
    block->mapped = true;
    reserve(SegmentChange::Kind::Mapped, block, bytes);
    merge(block, block->previous);
    merge(block, block->next);
    insertFree(block);
    return true;
}

/// Unmaps the whole pages of a free block.
void CachingAllocator::unmap(MemoryBlock* block) {
    const std::int64_t page = pageSize(*block->pool);
    const std::int64_t begin = roundUp(block->address, page);
    const std::int64_t end = (block->address + block->size) / page * page;
    if (begin >= end)
        return;
    eraseFree(block);
    if (begin > block->address) {
        MemoryBlock* before = block;
        block = splitBlock(before, begin - before->address);
        insertFree(before);
    }
    if (end < block->address + block->size)
        insertFree(splitBlock(block, end - block->address));
    block->mapped = false;
    giveBack(SegmentChange::Kind::Unmapped, block);
    merge(block, block->previous);
    merge(block, block->next);
    block->pool->unmapped.insert(block);
}

} // namespace headroom
