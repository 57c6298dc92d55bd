#pragma once

#include "core/memory/allocation_stream.h"
#include "core/memory/caching_allocator.h"

#include <array>
#include <cstdint>
#include <functional>

namespace headroom {

/// How a replay stands after an event.
struct ReplayState {
    std::int64_t position = 0; ///< events so far, every passage counted as often as it comes
    std::int64_t event = 0;    ///< of the stream, the last one
    std::array<std::int64_t, memoryParts> parts = {}; ///< bytes of live blocks, as the allocator rounds them
    const AllocatorStatistics* statistics = nullptr;
};

struct Replay {
    bool completed = false; ///< false: memory ran out, and the rest was left undone
    AllocatorStatistics statistics = {};
    std::int64_t events = 0;                          ///< every passage counted as often as it comes
    std::int64_t peakPosition = 0;                    ///< the first event after which most is allocated
    std::array<std::int64_t, memoryParts> parts = {}; ///< then
    std::vector<std::int32_t> living = {};            ///< then: the live blocks
};

using ReplayObserver = std::function<void(const ReplayState&)>;

/// Has the allocator of a device with this many bytes for it answer a whole stream.
/// @param observer called after every event, but for passes that change nothing any more; empty: nobody
Replay replay(const AllocationStream& stream, AllocatorSettings settings, std::int64_t capacity,
              const ReplayObserver& observer = {});

/// The smallest capacity, in steps of 2 MiB, with which a replay completes.
/// @param unlimited a replay of the same that had all it asked for
std::int64_t minimumCapacity(const AllocationStream& stream, AllocatorSettings settings,
                             const Replay& unlimited);

} // namespace headroom
