// How the allocator keeps its blocks: chains, sets and what is counted of them.
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

/// Shortens a block that is in no set to size; the rest is a block of its own behind it.
MemoryBlock* CachingAllocator::cutBack(MemoryBlock* block, std::int64_t size) {
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

/// Takes a neighbour in that is as free, or as unmapped, as the block, which itself is in no set.
void CachingAllocator::merge(MemoryBlock* block, MemoryBlock* neighbour) {
    if (neighbour == nullptr || neighbour->allocated || neighbour->mapped != block->mapped)
        return;
    if (neighbour == block->previous) {
        block->address = neighbour->address;
        block->previous = neighbour->previous;
        if (block->previous != nullptr)
            block->previous->next = block;
    } else {
        block->next = neighbour->next;
        if (block->next != nullptr)
            block->next->previous = block;
    }
    if (neighbour->mapped)
        unlist(neighbour);
    else
        neighbour->pool->unmapped.erase(neighbour);
    block->size += neighbour->size;
    *neighbour = {};
    spare_.push_back(neighbour);
}

void CachingAllocator::list(MemoryBlock* block) {
    block->pool->free.insert(block);
    countInactive(block, 1);
}

void CachingAllocator::unlist(MemoryBlock* block) {
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
