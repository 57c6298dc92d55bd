// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>
#include <vector>

namespace headroom {

struct BlockPool;

/// A range of a segment of device memory. The blocks of a segment form a chain, sorted by address and without
/// gaps. All sizes are in bytes.
struct MemoryBlock {
    int stream = 0;
    std::int64_t size = 0;
    std::int64_t address = 0;
    std::int64_t requested = 0; ///< size before rounding, while allocated
    BlockPool* pool = nullptr;
    MemoryBlock* previous = nullptr;
    MemoryBlock* next = nullptr;
    bool allocated = false;
    bool mapped = true; ///< false: address range of an expandable segment that has no memory

    bool isWholeSegment() const { return previous == nullptr && next == nullptr; }
};

/// Free blocks, sorted by stream, size and address: the first that is large enough is the best fit. There are
/// at most a few hundred and they change often, so a sorted array with inline keys is several times faster
/// than a tree.
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

    /// The first block that does not sort before this stream, size and address.
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
    /// The block must not have changed since it was inserted.
    void erase(const MemoryBlock* block) { entries_.erase(from(block->stream, block->size, block->address)); }

private:
    std::vector<Entry> entries_;
};

struct ByAddress {
    bool operator()(const MemoryBlock* a, const MemoryBlock* b) const {
        return a->stream != b->stream ? a->stream < b->stream : a->address < b->address;
    }
};

/// Small and large requests have separate pools and never share a segment.
struct BlockPool {
    bool small = false;
    FreeBlocks free = {};
    std::set<MemoryBlock*, ByAddress> unmapped = {};
};

} // namespace headroom
