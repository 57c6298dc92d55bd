// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bookkeeping of blocks: chains, free lists and statistics.
#include "core/allocator/caching_allocator.h"

#include <algorithm>

namespace headroom {

MemoryBlock* CachingAllocator::newBlock(const MemoryBlock& value) {
    if (spare_.empty())
        return &blocks_.emplace_back(value);
    MemoryBlock* block = spare_.back();
    spare_.pop_back();
    *block = value;
    return block;
}

/// Shortens a block that is in no set to size. The remainder becomes the next block and is returned.
MemoryBlock* CachingAllocator::splitBlock(MemoryBlock* block, std::int64_t size) {
    MemoryBlock value = *block;
    value.address += size;
    value.size -= size;
    value.previous = block;
    MemoryBlock* rest = newBlock(value);
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
    *neighbor = {};
    spare_.push_back(neighbor);
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

void CachingAllocator::reserve(std::int64_t bytes) {
    statistics_.reserved += bytes;
    statistics_.reservedPeak = std::max(statistics_.reservedPeak, statistics_.reserved);
    ++statistics_.deviceAllocations;
}

} // namespace headroom
