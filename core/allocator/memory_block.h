#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>
#include <vector>

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

/// Free blocks by stream, then the smallest first, then by address: the first that is large enough is the
/// best fit. There are at most some hundreds, and they come and go all the time: a sorted array, with what it
/// is sorted by at hand, is several times as fast as a tree.
class FreeBlocks {
public:
    struct Entry {
        int stream = 0;
        std::int64_t size = 0;
        std::int64_t address = 0;
        MemoryBlock* block = nullptr;
    };
    using Iterator = std::vector<Entry>::const_iterator;

    Iterator begin() const { return entries_.begin(); }
    Iterator end() const { return entries_.end(); }

    /// The first block that is not before one of this stream, size and address.
    Iterator from(int stream, std::int64_t size, std::int64_t address = 0) const {
        return std::lower_bound(entries_.begin(), entries_.end(), std::tuple(stream, size, address),
                                [](const Entry& entry, const auto& key) {
                                    return std::tie(entry.stream, entry.size, entry.address) < key;
                                });
    }
    void insert(MemoryBlock* block) {
        entries_.insert(from(block->stream, block->size, block->address),
                        {block->stream, block->size, block->address, block});
    }
    /// A block that is as it was when it was inserted.
    void erase(const MemoryBlock* block) { entries_.erase(from(block->stream, block->size, block->address)); }

private:
    std::vector<Entry> entries_;
};

struct ByAddress {
    bool operator()(const MemoryBlock* a, const MemoryBlock* b) const {
        return a->stream != b->stream ? a->stream < b->stream : a->address < b->address;
    }
};

/// Small and large requests never share a segment: each have a pool.
struct BlockPool {
    bool small = false;
    FreeBlocks free = {};
    std::set<MemoryBlock*, ByAddress> unmapped = {};
};

} // namespace headroom
