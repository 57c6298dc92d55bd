#include "core/allocator/caching_allocator.h"

#include "core/support/mib.h"

#include <algorithm>
#include <iterator>

namespace headroom {

namespace {

constexpr std::int64_t smallestBlock = 512;
constexpr std::int64_t largestSmall = 1 * mib;
constexpr std::int64_t smallSegment = 2 * mib;
constexpr std::int64_t largeSegment = 20 * mib;
constexpr std::int64_t smallestOwnSegment = 10 * mib; ///< requests from here on get a segment of their size
constexpr std::int64_t ownSegmentRounding = 2 * mib;
constexpr std::int64_t oversizeSlack = 20 * mib; ///< an oversize block may be this much larger than asked for

std::int64_t roundUp(std::int64_t value, std::int64_t unit) {
    return (value + unit - 1) / unit * unit;
}

std::int64_t segmentSize(std::int64_t size) {
    if (size <= largestSmall)
        return smallSegment;
    return size < smallestOwnSegment ? largeSegment : roundUp(size, ownSegmentRounding);
}

/// What a free block of an expandable segment can grow to.
std::int64_t growableSize(const MemoryBlock* block) {
    const bool canGrow = block->next != nullptr && !block->next->mapped;
    return block->size + (canGrow ? block->next->size : 0);
}

} // namespace

CachingAllocator::CachingAllocator(AllocatorSettings settings, std::int64_t capacity)
    : settings_(settings), capacity_(capacity), small_{.small = true}, large_{.small = false} {}

std::optional<MemoryBlock*> CachingAllocator::allocate(std::int64_t bytes, int stream) {
    if (bytes == 0)
        return nullptr;
    const std::int64_t size = roundUp(bytes, smallestBlock);
    BlockPool& pool = size <= largestSmall ? small_ : large_;

    MemoryBlock* block = takeCached(pool, size, stream);
    if (block == nullptr)
        block = takeFromDevice(pool, size, stream);
    if (block == nullptr && releaseOversize(pool, size, stream))
        block = takeFromDevice(pool, size, stream);
    if (block == nullptr) {
        emptyCache();
        ++statistics_.retries;
        block = takeFromDevice(pool, size, stream);
    }
    if (block == nullptr) {
        ++statistics_.ooms;
        return std::nullopt;
    }

    splitOff(block, size);
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
    list(block);
}

void CachingAllocator::emptyCache() {
    releasePool(large_);
    releasePool(small_);
}

std::vector<std::vector<CachingAllocator::Piece>> CachingAllocator::segments() const {
    std::vector<const MemoryBlock*> heads;
    for (const MemoryBlock& block : blocks_)
        if (block.pool != nullptr && block.mapped && (block.previous == nullptr || !block.previous->mapped))
            heads.push_back(&block);
    std::sort(heads.begin(), heads.end(),
              [](const MemoryBlock* a, const MemoryBlock* b) { return a->address < b->address; });
    std::vector<std::vector<Piece>> segments;
    for (const MemoryBlock* block : heads)
        for (segments.emplace_back(); block != nullptr && block->mapped; block = block->next)
            segments.back().push_back({.size = block->size, .allocated = block->allocated});
    return segments;
}

std::int64_t CachingAllocator::pageSize(const BlockPool& pool) const {
    return pool.small ? smallSegment : largeSegment;
}

bool CachingAllocator::isOversize(std::int64_t size) const {
    return settings_.maxSplitSize > 0 && size >= settings_.maxSplitSize;
}

// ------------------------------------------------------------ requests

MemoryBlock* CachingAllocator::takeCached(BlockPool& pool, std::int64_t size, int stream) {
    auto best = pool.free.from(stream, size);
    const auto ours = [&](auto place) { return place != pool.free.end() && place->stream == stream; };
    if (!ours(best))
        return nullptr;
    if (settings_.expandableSegments)
        for (auto next = std::next(best); ours(next) && growableSize(next->block) < growableSize(best->block);
             ++next)
            best = next;
    MemoryBlock* block = best->block;
    if (isOversize(size) ? block->size >= size + oversizeSlack : isOversize(block->size))
        return nullptr;
    unlist(block);
    return block;
}

MemoryBlock* CachingAllocator::takeFromDevice(BlockPool& pool, std::int64_t size, int stream) {
    return settings_.expandableSegments ? expand(pool, size, stream) : makeSegment(pool, size, stream);
}

MemoryBlock* CachingAllocator::makeSegment(BlockPool& pool, std::int64_t size, int stream) {
    const std::int64_t bytes = segmentSize(size);
    if (bytes > capacity_ - statistics_.reserved)
        return nullptr;
    MemoryBlock* block = newBlock({.stream = stream, .size = bytes, .address = nextAddress_, .pool = &pool});
    nextAddress_ += bytes;
    ++statistics_.segments;
    reserve(bytes);
    return block;
}

/// Leaves the rest of the block, if it is worth one, to the cache.
void CachingAllocator::splitOff(MemoryBlock* block, std::int64_t size) {
    const std::int64_t rest = block->size - size;
    const bool fine = block->pool->small || settings_.expandableSegments;
    if (fine ? rest >= smallestBlock : !isOversize(size) && rest > largestSmall)
        list(cutBack(block, size));
}

// ------------------------------------------------------------ giving back

/// Gives back oversize blocks of the stream that together are as large as the request.
bool CachingAllocator::releaseOversize(BlockPool& pool, std::int64_t size, int stream) {
    if (settings_.maxSplitSize == 0 || settings_.expandableSegments)
        return false;
    const std::int64_t wanted = std::max(size, settings_.maxSplitSize);
    auto place = pool.free.from(stream, wanted);
    if (place != pool.free.end() && place->stream == stream) {
        releaseSegment(place->block);
        return true;
    }
    std::int64_t released = 0;
    while (released < wanted && place != pool.free.begin()) {
        MemoryBlock* block = std::prev(place)->block;
        if (block->stream != stream || !isOversize(block->size))
            break;
        released += block->size;
        releaseSegment(block);
        place = pool.free.from(stream, wanted);
    }
    return released >= wanted;
}

void CachingAllocator::releasePool(BlockPool& pool) {
    const FreeBlocks cached = pool.free;
    for (const auto& [stream, size, address, block] : cached) {
        if (settings_.expandableSegments)
            unmap(block);
        else if (block->isWholeSegment())
            releaseSegment(block);
    }
}

void CachingAllocator::releaseSegment(MemoryBlock* block) {
    unlist(block);
    statistics_.reserved -= block->size;
    --statistics_.segments;
    ++statistics_.deviceFrees;
    *block = {};
    spare_.push_back(block);
}

// ------------------------------------------------------------ expandable segments

MemoryBlock* CachingAllocator::expand(BlockPool& pool, std::int64_t size, int stream) {
    MemoryBlock* block = roomToExpand(pool, size, stream);
    if (!block->mapped && !map(block, std::min(block->size, size)))
        return nullptr;
    while (block->size < size) {
        MemoryBlock* gap = block->next;
        if (gap == nullptr || !map(gap, std::min(size - block->size, gap->size)))
            return nullptr;
        block = gap; // it has taken in what was before it
    }
    unlist(block);
    return block;
}

/// The lowest gap that has room for the request, together with the free blocks that touch it.
MemoryBlock* CachingAllocator::roomToExpand(BlockPool& pool, std::int64_t size, int stream) {
    MemoryBlock key{.stream = stream};
    for (auto gap = pool.unmapped.lower_bound(&key); gap != pool.unmapped.end() && (*gap)->stream == stream;
         ++gap) {
        MemoryBlock* first = *gap;
        if (first->previous != nullptr && !first->previous->allocated)
            first = first->previous;
        std::int64_t room = 0;
        for (MemoryBlock* block = first; room < size && block != nullptr && !block->allocated;
             block = block->next)
            room += block->size;
        if (room >= size)
            return first;
    }
    const std::int64_t space = roundUp(capacity_ + capacity_ / 8, pageSize(pool));
    MemoryBlock* range =
        newBlock({.stream = stream, .size = space, .address = nextAddress_, .pool = &pool, .mapped = false});
    nextAddress_ += roundUp(space, largeSegment); // so that pages of both sizes begin at their multiples
    pool.unmapped.insert(range);
    return range;
}

/// Puts memory behind the first size bytes of a gap, in whole pages, and joins it with its free neighbours.
bool CachingAllocator::map(MemoryBlock* block, std::int64_t size) {
    const std::int64_t bytes = roundUp(size, pageSize(*block->pool));
    if (bytes > capacity_ - statistics_.reserved)
        return false;
    block->pool->unmapped.erase(block);
    if (bytes < block->size)
        block->pool->unmapped.insert(cutBack(block, bytes));
    block->mapped = true;
    merge(block, block->previous);
    merge(block, block->next);
    list(block);
    reserve(bytes);
    return true;
}

/// Takes back the whole pages of a free block.
void CachingAllocator::unmap(MemoryBlock* block) {
    const std::int64_t page = pageSize(*block->pool);
    const std::int64_t begin = roundUp(block->address, page);
    const std::int64_t end = (block->address + block->size) / page * page;
    if (begin >= end)
        return;
    unlist(block);
    if (begin > block->address) {
        MemoryBlock* before = block;
        block = cutBack(before, begin - before->address);
        list(before);
    }
    if (end < block->address + block->size)
        list(cutBack(block, end - block->address));
    block->mapped = false;
    statistics_.reserved -= block->size;
    ++statistics_.deviceFrees;
    merge(block, block->previous);
    merge(block, block->next);
    block->pool->unmapped.insert(block);
}

} // namespace headroom
