// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/replay.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace headroom {

/// Plays a stream on an allocator: CachingAllocator or PlainAllocator. A copy is independent, so that a
/// player can be kept and continue later.
template <class Allocator>
class StreamPlayer {
public:
    /// @param stream must outlive the player and its copies
    StreamPlayer(const AllocationStream& stream, const Allocator& allocator)
        : stream_(&stream), allocator_(allocator), blocks_(stream.blocks.size(), nullptr) {
        beginPass(0, static_cast<std::int64_t>(stream.events.size()), stream.passages.size());
    }
    StreamPlayer(const StreamPlayer& other)
        : stream_(other.stream_), allocator_(other.allocator_), blocks_(other.blocks_),
          passes_(other.passes_), state_(other.state_), isFailed_(other.isFailed_), events_(other.events_),
          highest_(other.highest_), partsAtPeak_(other.partsAtPeak_), stages_(other.stages_) {
        for (MemoryBlock*& block : blocks_)
            block = allocator_.counterpart(block);
    }
    StreamPlayer& operator=(const StreamPlayer&) = delete;

    /// The smallest larger capacity with which the replay so far would have been another one.
    std::int64_t nextCapacity() const { return allocator_.nextCapacity(); }

    /// As CachingAllocator::setCapacity().
    void setCapacity(std::int64_t capacity) { allocator_.setCapacity(capacity); }

    /// Plays about this many events, fewer at the end.
    /// @return whether there are more
    bool play(std::int64_t events, const ReplayObserver& observer = {}) {
        while (!isFailed_ && !passes_.empty() && events > 0) {
            Pass& pass = passes_.back();
            const auto& passages = stream_->passages;
            if (pass.next < pass.passages && passages[pass.next].end == pass.event) {
                const std::size_t passage = pass.next++;
                if (passages[passage].repeats > 0)
                    beginRepeat(passage, passages[passage].repeats);
            } else if (pass.event < pass.end) {
                --events;
                isFailed_ = !playEvent(pass.event++, observer);
            } else {
                endPass();
            }
        }
        return !isFailed_ && !passes_.empty();
    }

    const Allocator& allocator() const { return allocator_; }

    /// The result after the last event.
    Replay result() {
        beginStages(static_cast<std::int64_t>(stream_->events.size()));
        return {.completed = !isFailed_,
                .statistics = allocator_.statistics(),
                .events = events_,
                .parts = partsAtPeak_,
                .stages = stages_,
                .nextCapacity = allocator_.nextCapacity()};
    }

private:
    using Layout = std::optional<std::vector<std::int64_t>>;

    /// One pass through the stream or a passage of it.
    struct Pass {
        std::int64_t event; ///< the next one
        std::int64_t end;
        std::size_t next;     ///< the next inner passage
        std::size_t passages; ///< the inner ones are among the first of the stream
        // Of a repeat:
        std::int64_t left = 0; ///< repeats from this one on
        std::int64_t deviceCalls = 0;
        std::int64_t events = 0; ///< before it
        Layout layout = {};      ///< after the previous repeat, if it was compared
    };

    Pass& beginPass(std::int64_t begin, std::int64_t end, std::size_t passages) {
        const auto first = stream_->passages.begin();
        const auto next = std::partition_point(first, first + static_cast<std::ptrdiff_t>(passages),
                                               [&](const auto& passage) { return passage.end <= begin; });
        passes_.push_back({begin, end, static_cast<std::size_t>(next - first), passages});
        return passes_.back();
    }

    Pass& beginRepeat(std::size_t index, std::int64_t left) {
        const AllocationStream::Passage& passage = stream_->passages[index];
        Pass& pass = beginPass(passage.begin, passage.end, index);
        pass.left = left;
        pass.deviceCalls = deviceCalls();
        pass.events = events_;
        return pass;
    }

    /// Plays the remaining repeats of a passage only until one leaves the allocator as it found it; the rest
    /// are counted. Each repeat frees everything it allocates, so that is certain if it allocated and freed
    /// no segments. If memory is scarce, each does, and the layouts have to be compared.
    void endPass() {
        Pass ended = std::move(passes_.back());
        passes_.pop_back();
        if (ended.left == 0) // the stream itself
            return;
        bool unchanged = deviceCalls() == ended.deviceCalls;
        if (!unchanged && ended.left > 1) {
            std::vector<std::int64_t> layout = allocator_.layout();
            unchanged = ended.layout == layout;
            ended.layout = std::move(layout);
        }
        if (unchanged)
            events_ += (ended.left - 1) * (events_ - ended.events);
        else if (ended.left > 1)
            beginRepeat(ended.passages, ended.left - 1).layout = std::move(ended.layout);
    }

    std::int64_t deviceCalls() const {
        return allocator_.statistics().deviceAllocations + allocator_.statistics().deviceFrees;
    }

    bool playEvent(std::int64_t event, const ReplayObserver& observer) {
        beginStages(event);
        const std::int32_t entry = stream_->events[static_cast<std::size_t>(event)];
        if (entry == AllocationStream::release) {
            allocator_.emptyCache();
            state_.reserved = allocator_.statistics().reserved;
            return true;
        }
        const auto number = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
        const AllocationStream::Block& block = stream_->blocks[number];
        MemoryBlock*& live = blocks_[number];
        auto& part = state_.parts[static_cast<std::size_t>(block.part)];
        if (entry < 0) {
            part -= live->size;
            state_.address = live->address;
            allocator_.free(live);
            live = nullptr;
        } else {
            if (block.persistent && live != nullptr)
                return true;
            const auto granted = allocator_.allocate(block.bytes, block.stream);
            if (!granted)
                return false;
            live = *granted;
            state_.address = live->address;
            part += live->size;
        }
        ++events_;
        state_.event = event;
        state_.allocated = allocator_.statistics().allocated;
        state_.reserved = allocator_.statistics().reserved;
        if (state_.allocated > highest_) {
            highest_ = state_.allocated;
            partsAtPeak_ = state_.parts;
        }
        if (!stages_.empty()) {
            stages_.back().allocated = std::max(stages_.back().allocated, state_.allocated);
            stages_.back().reserved = std::max(stages_.back().reserved, state_.reserved);
        }
        if (observer) {
            state_.free = allocator_.freeMemory();
            observer(state_);
        }
        return true;
    }

    /// Begins the stages up to this event.
    void beginStages(std::int64_t event) {
        while (stages_.size() < stream_->stages.size() && stream_->stages[stages_.size()].event <= event)
            stages_.push_back({stream_->stages[stages_.size()].name, state_.allocated, state_.reserved});
    }

    const AllocationStream* stream_;
    Allocator allocator_;
    std::vector<MemoryBlock*> blocks_;
    std::vector<Pass> passes_; ///< the innermost one is last
    ReplayState state_;
    bool isFailed_ = false;   ///< out of memory
    std::int64_t events_ = 0; ///< including skipped repeats
    std::int64_t highest_ = 0;
    std::array<std::int64_t, memoryParts> partsAtPeak_ = {};
    std::vector<StagePeaks> stages_;
};

} // namespace headroom
