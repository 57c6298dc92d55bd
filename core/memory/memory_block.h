#pragma once

#include <cstdint>
#include <set>

namespace headroom {

struct BlockPool;

/// A stretch of one segment of device memory. The blocks of a segment form a chain in order of address and
/// leave no gap; all sizes are bytes.
struct MemoryBlock {
    int stream = 0;
    std::int64_t size = 0;
    std::int64_t address = 0;
    std::int64_t requested = 0; ///< what was asked for, while allocated
    BlockPool* pool = nullptr;
    MemoryBlock* previous = nullptr;
    MemoryBlock* next = nullptr;
    bool allocated = false;
    bool mapped = true; ///< false: address space of an expandable segment with no memory behind it

    bool isWholeSegment() const { return previous == nullptr && next == nullptr; }
    bool isFree() const { return !allocated && mapped; }
};

/// Smallest first, then lowest address: the first that is large enough is the best fit.
struct BySize {
    bool operator()(const MemoryBlock* a, const MemoryBlock* b) const {
        if (a->stream != b->stream)
            return a->stream < b->stream;
        return a->size != b->size ? a->size < b->size : a->address < b->address;
    }
};

struct ByAddress {
    bool operator()(const MemoryBlock* a, const MemoryBlock* b) const {
        return a->stream != b->stream ? a->stream < b->stream : a->address < b->address;
    }
};

/// Small and large requests never share a segment: each have a pool.
struct BlockPool {
    bool small = false;
    std::set<MemoryBlock*, BySize> free = {};
    std::set<MemoryBlock*, ByAddress> unmapped = {};
};

} // namespace headroom
