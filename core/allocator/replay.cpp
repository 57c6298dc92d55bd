// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/replay.h"

#include "core/allocator/plain_allocator.h"

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

template <class Allocator>
class Player {
public:
    Player(const AllocationStream& stream, const ReplayObserver& observer, Allocator& allocator)
        : stream_(stream), allocator_(allocator), observer_(observer),
          blocks_(stream.blocks.size(), nullptr) {}

    Replay play() {
        const bool completed =
            playEvents(0, static_cast<std::int64_t>(stream_.events.size()), stream_.passages.size());
        beginStages(static_cast<std::int64_t>(stream_.events.size()));
        return {.completed = completed,
                .statistics = allocator_.statistics(),
                .events = events_,
                .parts = partsAtPeak_,
                .stages = std::move(stages_)};
    }

private:
    /// Plays the events [begin, end), including repeats of inner passages: those of the first `passages`.
    bool playEvents(std::int64_t begin, std::int64_t end, std::size_t passages) {
        const auto& all = stream_.passages;
        auto next = static_cast<std::size_t>(
            std::partition_point(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(passages),
                                 [&](const auto& passage) { return passage.end <= begin; }) -
            all.begin());
        for (std::int64_t event = begin; event < end; ++event) {
            if (!playEvent(event))
                return false;
            for (; next < passages && all[next].end == event + 1; ++next) {
                if (!playRepeats(next))
                    return false;
            }
        }
        return true;
    }

    /// Plays the repeats of a passage. Each repeat frees everything it allocates, so it leaves the allocator
    /// unchanged unless it allocated or freed segments. After the first repeat that did neither, the rest
    /// are only counted.
    bool playRepeats(std::size_t index) {
        const AllocationStream::Passage& passage = stream_.passages[index];
        for (std::int64_t left = passage.repeats; left > 0; --left) {
            const AllocatorStatistics before = allocator_.statistics();
            const std::int64_t eventsBefore = events_;
            if (!playEvents(passage.begin, passage.end, index))
                return false;
            const AllocatorStatistics& after = allocator_.statistics();
            if (after.deviceAllocations == before.deviceAllocations &&
                after.deviceFrees == before.deviceFrees) {
                events_ += (left - 1) * (events_ - eventsBefore);
                break;
            }
        }
        return true;
    }

    bool playEvent(std::int64_t event) {
        beginStages(event);
        const std::int32_t entry = stream_.events[static_cast<std::size_t>(event)];
        if (entry == AllocationStream::release) {
            allocator_.emptyCache();
            state_.reserved = allocator_.statistics().reserved;
            return true;
        }
        const auto number = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
        const AllocationStream::Block& block = stream_.blocks[number];
        MemoryBlock*& live = blocks_[number];
        auto& part = state_.parts[static_cast<std::size_t>(block.part)];
        if (entry < 0) {
            part -= live->size;
            allocator_.free(live);
            live = nullptr;
        } else {
            if (block.persistent && live != nullptr)
                return true;
            const auto granted = allocator_.allocate(block.bytes);
            if (!granted)
                return false;
            live = *granted;
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
        if (observer_)
            observer_(state_);
        return true;
    }

    /// Begins the stages up to this event.
    void beginStages(std::int64_t event) {
        while (stages_.size() < stream_.stages.size() && stream_.stages[stages_.size()].event <= event)
            stages_.push_back({stream_.stages[stages_.size()].name, state_.allocated, state_.reserved});
    }

    const AllocationStream& stream_;
    Allocator& allocator_;
    const ReplayObserver& observer_;
    std::vector<MemoryBlock*> blocks_;
    ReplayState state_;
    std::int64_t events_ = 0;
    std::int64_t highest_ = 0;
    std::array<std::int64_t, memoryParts> partsAtPeak_ = {};
    std::vector<StagePeaks> stages_;
};

} // namespace

Replay replay(const AllocationStream& stream, const ReplayDevice& device, const ReplayObserver& observer) {
    if (!device.caching) {
        PlainAllocator allocator(device.capacity);
        return Player(stream, observer, allocator).play();
    }
    CachingAllocator allocator(device.settings, device.capacity);
    return Player(stream, observer, allocator).play();
}

/// With less memory the allocator retries earlier, which can also help: a search by halving would miss
/// capacities. But a replay is the same with every capacity from the memory that it took up to its own: a
/// request that was granted still fits, and one that was refused still does not.
std::int64_t minimumCapacity(const std::vector<PlayedStream>& streams, const ReplayDevice& device) {
    std::int64_t enough = 0;
    std::int64_t liveBlocks = 0; // no allocator needs less
    for (const PlayedStream& each : streams) {
        enough = std::max(enough, each.unlimited.statistics.reservedPeak);
        liveBlocks = std::max(liveBlocks, each.unlimited.statistics.allocatedPeak);
    }
    ReplayDevice smaller = device;
    for (smaller.capacity = enough - 1; smaller.capacity >= liveBlocks;) {
        bool completed = true;
        std::int64_t taken = 0;
        for (const PlayedStream& each : streams) {
            const std::int64_t most = each.unlimited.statistics.reservedPeak;
            const Replay played = smaller.capacity >= most ? each.unlimited : replay(each.stream, smaller);
            completed = completed && played.completed;
            taken = std::max(taken, played.statistics.reservedPeak);
        }
        if (completed)
            enough = taken;
        smaller.capacity = taken - 1;
    }
    return enough;
}

} // namespace headroom
