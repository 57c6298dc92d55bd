#include "core/memory/replay.h"

#include <algorithm>

namespace headroom {
namespace {

class Player {
public:
    Player(const AllocationStream& stream, AllocatorSettings settings, std::int64_t capacity,
           const ReplayObserver& observer)
        : stream_(stream), allocator_(settings, capacity), observer_(observer),
          blocks_(stream.blocks.size(), nullptr) {
        state_.statistics = &allocator_.statistics();
    }

    Replay play() {
        const bool completed =
            playEvents(0, static_cast<std::int64_t>(stream_.events.size()), stream_.passages.size());
        return {.completed = completed,
                .statistics = allocator_.statistics(),
                .events = state_.position,
                .peakPosition = peakPosition_,
                .parts = partsAtPeak_,
                .living = livingAtPeak()};
    }

private:
    /// Events [begin, end) with the passages within that are among the first `passages`.
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
                if (!playAgain(next))
                    return false;
            }
        }
        return true;
    }

    /// The further passes of a passage. As each frees all that it allocates, the allocator is behind a pass
    /// as it was before, unless it took or gave back segments: so after one that did not, nothing changes any
    /// more.
    bool playAgain(std::size_t index) {
        const AllocationStream::Passage& passage = stream_.passages[index];
        for (std::int64_t left = passage.again; left > 0; --left) {
            const AllocatorStatistics before = allocator_.statistics();
            const std::int64_t positionBefore = state_.position;
            if (!playEvents(passage.begin, passage.end, index))
                return false;
            const AllocatorStatistics& after = allocator_.statistics();
            if (after.deviceAllocations == before.deviceAllocations &&
                after.deviceFrees == before.deviceFrees) {
                state_.position += (left - 1) * (state_.position - positionBefore);
                break;
            }
        }
        return true;
    }

    bool playEvent(std::int64_t event) {
        const std::int32_t entry = stream_.events[static_cast<std::size_t>(event)];
        const auto number = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
        const AllocationStream::Block& block = stream_.blocks[number];
        MemoryBlock*& live = blocks_[number];
        auto& part = state_.parts[static_cast<std::size_t>(block.part)];
        if (entry < 0) {
            part -= live->size;
            allocator_.free(live);
            live = nullptr;
        } else {
            if (block.lasting && live != nullptr)
                return true;
            const auto granted = allocator_.allocate(block.bytes);
            if (!granted)
                return false;
            live = *granted;
            part += live->size;
        }
        state_.event = event;
        ++state_.position;
        if (allocator_.statistics().allocated > highest_)
            notePeak();
        if (observer_)
            observer_(state_);
        return true;
    }

    void notePeak() {
        highest_ = allocator_.statistics().allocated;
        peakPosition_ = state_.position;
        peakEvent_ = state_.event;
        partsAtPeak_ = state_.parts;
    }

    /// At its peak a passage is in its first pass, or in one with lasting blocks that are older: either way
    /// what lives then is what the events so far left behind.
    std::vector<std::int32_t> livingAtPeak() const {
        std::vector<bool> living(stream_.blocks.size(), false);
        for (std::int64_t event = 0;
             event <= peakEvent_ && event < static_cast<std::int64_t>(stream_.events.size()); ++event) {
            const std::int32_t entry = stream_.events[static_cast<std::size_t>(event)];
            living[static_cast<std::size_t>(entry < 0 ? ~entry : entry)] = entry >= 0;
        }
        std::vector<std::int32_t> list;
        for (std::size_t block = 0; block < living.size(); ++block) {
            if (living[block] || (stream_.blocks[block].lasting && blocks_[block] != nullptr))
                list.push_back(static_cast<std::int32_t>(block));
        }
        return list;
    }

    const AllocationStream& stream_;
    CachingAllocator allocator_;
    const ReplayObserver& observer_;
    std::vector<MemoryBlock*> blocks_;
    ReplayState state_;
    std::int64_t highest_ = 0;
    std::int64_t peakPosition_ = 0;
    std::int64_t peakEvent_ = -1;
    std::array<std::int64_t, memoryParts> partsAtPeak_ = {};
};

} // namespace

Replay replay(const AllocationStream& stream, AllocatorSettings settings, std::int64_t capacity,
              const ReplayObserver& observer) {
    return Player(stream, settings, capacity, observer).play();
}

std::int64_t minimumCapacity(const AllocationStream& stream, AllocatorSettings settings,
                             const Replay& unlimited) {
    constexpr std::int64_t step = std::int64_t{2} << 20;
    std::int64_t enough = (unlimited.statistics.reservedPeak + step - 1) / step;
    std::int64_t tooLittle =
        (unlimited.statistics.allocatedPeak - 1) / step; // below it not even the blocks fit
    while (tooLittle + 1 < enough) {
        const std::int64_t middle = (tooLittle + enough) / 2;
        (replay(stream, settings, middle * step).completed ? enough : tooLittle) = middle;
    }
    return enough * step;
}

} // namespace headroom
