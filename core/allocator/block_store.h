// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/memory_block.h"

#include <cstddef>
#include <deque>
#include <vector>

namespace headroom {

/// Owns the blocks of an allocator. Blocks keep their addresses. A copy has its own blocks, linked with each
/// other like the originals; their pools are still those of the original.
class BlockStore {
public:
    BlockStore() = default;
    BlockStore(const BlockStore& other) : blocks_(other.blocks_) {
        for (MemoryBlock& block : blocks_) {
            block.previous = counterpart(block.previous);
            block.next = counterpart(block.next);
        }
        spare_.reserve(other.spare_.size());
        for (const MemoryBlock* block : other.spare_)
            spare_.push_back(counterpart(block));
    }
    BlockStore& operator=(const BlockStore&) = delete;

    MemoryBlock* add(const MemoryBlock& value) {
        if (spare_.empty()) {
            spare_.push_back(&blocks_.emplace_back());
            spare_.back()->index = blocks_.size() - 1;
        }
        MemoryBlock* block = spare_.back();
        spare_.pop_back();
        const std::size_t index = block->index;
        *block = value;
        block->index = index;
        return block;
    }

    void remove(MemoryBlock* block) {
        *block = {.index = block->index};
        spare_.push_back(block);
    }

    /// The block that corresponds to one of the store that this one was copied from; null for null.
    MemoryBlock* counterpart(const MemoryBlock* block) {
        return block == nullptr ? nullptr : &blocks_[block->index];
    }

    // All blocks, including removed ones, which have no pool.
    auto begin() { return blocks_.begin(); }
    auto end() { return blocks_.end(); }
    auto begin() const { return blocks_.begin(); }
    auto end() const { return blocks_.end(); }

private:
    std::deque<MemoryBlock> blocks_ = {};
    std::vector<MemoryBlock*> spare_ = {}; ///< unused elements of blocks_
};

} // namespace headroom
