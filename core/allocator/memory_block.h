// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <set>
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
    bool mapped = true;    ///< false: address range of an expandable segment that has no memory
    std::size_t index = 0; ///< in its BlockStore

    bool isWholeSegment() const { return previous == nullptr && next == nullptr; }
};

/// Free blocks, sorted by stream, size and address: the first that is large enough is the best fit. There are
/// at most a few hundred and they change often, so a sorted array with inline keys is several times faster
/// than a tree.
class FreeBlocks {
public:
    struct Entry {
        std::int64_t key = 0; ///< by stream and size
        std::int64_t address = 0;
        MemoryBlock* block = nullptr;

        int stream() const { return static_cast<int>(key >> streamShift); }
    };
    using Iterator = std::vector<Entry>::const_iterator;

    std::size_t count() const { return entries_.size(); }
    /// Bytes of the largest block of all streams; 0 if there is none.
    std::int64_t largest() const {
        std::int64_t most = 0;
        for (auto end = entries_.end(); end != entries_.begin();) {
            const MemoryBlock& last = *std::prev(end)->block; // the largest of its stream
            most = std::max(most, last.size);
            end = from(last.stream, 0);
        }
        return most;
    }
    Iterator begin() const { return entries_.begin(); }
    Iterator end() const { return entries_.end(); }

    /// The first block that does not sort before this stream, size and address.
    Iterator from(int stream, std::int64_t size, std::int64_t address = 0) const {
        const std::int64_t key = keyOf(stream, size);
        return std::partition_point(entries_.begin(), entries_.end(), [&](const Entry& entry) {
            return entry.key != key ? entry.key < key : entry.address < address;
        });
    }
    void insert(MemoryBlock* block) {
        entries_.insert(from(block->stream, block->size, block->address),
                        {keyOf(block->stream, block->size), block->address, block});
    }
    void erase(Iterator entry) { entries_.erase(entry); }
    /// The block must not have changed since it was inserted.
    void erase(const MemoryBlock* block) { erase(from(block->stream, block->size, block->address)); }

    /// Replaces all blocks by their copies.
    template <class Counterpart>
    void replace(const Counterpart& counterpart) {
        for (Entry& entry : entries_)
            entry.block = counterpart(entry.block);
    }

private:
    static constexpr int streamShift = 48; ///< sizes are below 2^48 bytes

    static std::int64_t keyOf(int stream, std::int64_t size) {
        return (std::int64_t{stream} << streamShift) + size;
    }

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
    /// Smallest growth of the address ranges, in bytes, with which a request would have had another answer.
    std::int64_t growth = std::numeric_limits<std::int64_t>::max();
};

} // namespace headroom
