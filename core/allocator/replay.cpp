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

namespace {

struct Played {
    bool completed = true;  ///< all streams
    std::int64_t taken = 0; ///< with every capacity from this one up to that of the replay, it is the same
};

/// A request that was granted still fits in the memory that the replay took, and one that was refused still
/// does not. Expandable segments also reserve addresses by the capacity.
Played playAll(const std::vector<PlayedStream>& streams, const ReplayDevice& device) {
    Played all;
    for (const PlayedStream& each : streams) {
        const bool sufficient =
            !device.settings.expandableSegments && device.capacity >= each.unlimited.statistics.reservedPeak;
        const Replay played = sufficient ? each.unlimited : replay(each.stream, device);
        all.completed = all.completed && played.completed;
        all.taken = std::max(all.taken, played.statistics.reservedPeak);
    }
    if (device.settings.expandableSegments)
        all.taken = std::max(all.taken, CachingAllocator::smallestWithSameAddresses(device.capacity));
    return all;
}

} // namespace

/// With less memory the allocator retries earlier, which can also help: a search by halving would miss
/// capacities.
std::int64_t minimumCapacity(const std::vector<PlayedStream>& streams, const ReplayDevice& device) {
    ReplayDevice smaller = device;
    std::int64_t liveBlocks = 0; // no allocator needs less
    smaller.capacity = 0;
    for (const PlayedStream& each : streams) {
        smaller.capacity = std::max(smaller.capacity, each.unlimited.statistics.reservedPeak);
        liveBlocks = std::max(liveBlocks, each.unlimited.statistics.allocatedPeak);
    }
    while (!playAll(streams, smaller).completed) // too few addresses
        smaller.capacity += smaller.capacity / 64 + 1;
    std::int64_t enough = smaller.capacity;
    while (smaller.capacity >= liveBlocks) {
        const Played played = playAll(streams, smaller);
        if (played.completed)
            enough = played.taken;
        smaller.capacity = played.taken - 1;
    }
    return enough;
}

} // namespace headroom
