// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bookkeeping of blocks: chains, free lists and statistics.
#include "core/allocator/caching_allocator.h"

#include <algorithm>
#include <set>
#include <utility>

namespace headroom {

CachingAllocator::CachingAllocator(const CachingAllocator& other)
    : settings_(other.settings_), observer_(other.observer_), capacity_(other.capacity_),
      nextAddress_(other.nextAddress_), small_(other.small_), large_(other.large_), blocks_(other.blocks_),
      statistics_(other.statistics_), smallestRefusal_(other.smallestRefusal_) {
    adopt(small_);
    adopt(large_);
    for (MemoryBlock& block : blocks_)
        if (block.pool != nullptr)
            block.pool = block.pool->small ? &small_ : &large_;
}

/// Lets the sets of a copied pool contain the copied blocks.
void CachingAllocator::adopt(BlockPool& pool) {
    pool.free.replace([this](const MemoryBlock* block) { return counterpart(block); });
    std::set<MemoryBlock*, ByAddress> unmapped;
    for (const MemoryBlock* block : pool.unmapped)
        unmapped.insert(unmapped.end(), counterpart(block));
    pool.unmapped = std::move(unmapped);
}

/// Shortens a block that is in no set to size. The remainder becomes the next block and is returned.
MemoryBlock* CachingAllocator::splitBlock(MemoryBlock* block, std::int64_t size) {
    MemoryBlock value = *block;
    value.address += size;
    value.size -= size;
    value.previous = block;
    MemoryBlock* rest = blocks_.add(value);
    if (rest->next != nullptr)
        rest->next->previous = rest;
    block->next = rest;
    block->size = size;
    return rest;
}

/// Merges a neighbor into the block if both are free or both are unmapped. The block must be in no set.
void CachingAllocator::merge(MemoryBlock* block, MemoryBlock* neighbor) {
    if (neighbor == nullptr || neighbor->allocated || neighbor->mapped != block->mapped)
        return;
    if (neighbor == block->previous) {
        block->address = neighbor->address;
        block->previous = neighbor->previous;
        if (block->previous != nullptr)
            block->previous->next = block;
    } else {
        block->next = neighbor->next;
        if (block->next != nullptr)
            block->next->previous = block;
    }
    if (neighbor->mapped)
        eraseFree(neighbor);
    else
        neighbor->pool->unmapped.erase(neighbor);
    block->size += neighbor->size;
    blocks_.remove(neighbor);
}

void CachingAllocator::insertFree(MemoryBlock* block) {
    block->pool->free.insert(block);
    countInactive(block, 1);
}

void CachingAllocator::eraseFree(MemoryBlock* block) {
    block->pool->free.erase(block);
    countInactive(block, -1);
}

void CachingAllocator::countInactive(const MemoryBlock* block, int sign) {
    if (settings_.expandableSegments || block->isWholeSegment())
        return;
    statistics_.inactiveSplitBytes += sign * block->size;
    statistics_.inactiveSplitBlocks += sign;
}

FreeMemory CachingAllocator::freeMemory() const {
    return {.blocks = static_cast<std::int64_t>(small_.free.count() + large_.free.count()),
            .largest = std::max(small_.free.largest(), large_.free.largest())};
}

std::vector<const MemoryBlock*> CachingAllocator::segments() const {
    std::vector<const MemoryBlock*> segments;
    for (const MemoryBlock& block : blocks_) {
        if (block.pool != nullptr && block.previous == nullptr)
            segments.push_back(&block);
    }
    std::sort(segments.begin(), segments.end(),
              [](const auto* a, const auto* b) { return a->address < b->address; });
    return segments;
}

/// Addresses of segments matter only in their order, those of pages also as such. The rest of an address
/// range follows from what is before it, and from the capacity, which may change.
std::vector<std::int64_t> CachingAllocator::layout() const {
    constexpr std::int64_t begin = -1;
    std::vector<std::int64_t> layout;
    for (const MemoryBlock* segment : segments()) {
        layout.insert(layout.end(), {begin, settings_.expandableSegments ? segment->address : 0});
        for (const MemoryBlock* block = segment; block != nullptr; block = block->next) {
            if (!block->mapped && block->next == nullptr)
                break;
            layout.push_back(8 * block->size + (block->allocated ? 4 : 0) + (block->mapped ? 2 : 0) +
                             (block->pool->small ? 1 : 0));
        }
    }
    return layout;
}

bool CachingAllocator::hasRoom(std::int64_t bytes) {
    if (bytes <= capacity_ - statistics_.reserved)
        return true;
    smallestRefusal_ = std::min(smallestRefusal_, statistics_.reserved + bytes);
    return false;
}

void CachingAllocator::reserve(SegmentChange::Kind kind, const MemoryBlock* block, std::int64_t bytes) {
    statistics_.reserved += bytes;
    statistics_.reservedPeak = std::max(statistics_.reservedPeak, statistics_.reserved);
    ++statistics_.deviceAllocations;
    observe(kind, block, bytes);
}

void CachingAllocator::giveBack(SegmentChange::Kind kind, const MemoryBlock* block) {
    statistics_.reserved -= block->size;
    ++statistics_.deviceFrees;
    observe(kind, block, block->size);
}

void CachingAllocator::observe(SegmentChange::Kind kind, const MemoryBlock* block, std::int64_t bytes) const {
    if (observer_)
        observer_({kind, block->address, bytes, block->stream});
}

} // namespace headroom
