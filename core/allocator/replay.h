#pragma once

#include "core/allocator/allocation_stream.h"
#include "core/allocator/caching_allocator.h"

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace headroom {

/// Who answers the requests of a stream.
struct ReplayDevice {
    std::int64_t capacity = 0; ///< bytes that there are for this program
    bool caching = true; ///< PyTorch's caching allocator; false: the CPU's, which gives what is asked for
    AllocatorSettings settings = {};
};

/// How a replay stands after an event.
struct ReplayState {
    std::int64_t event = 0;                           ///< of the stream
    std::array<std::int64_t, memoryParts> parts = {}; ///< bytes of live blocks, as the allocator rounds them
    std::int64_t allocated = 0;
    std::int64_t reserved = 0;
};

struct Replay {
    bool completed = false; ///< false: memory ran out, and the rest was left undone
    AllocatorStatistics statistics = {};
    std::int64_t events = 0;                          ///< every passage counted as often as it comes
    std::array<std::int64_t, memoryParts> parts = {}; ///< when most was allocated
};

using ReplayObserver = std::function<void(const ReplayState&)>;

/// Has the allocator of a device answer a whole stream.
/// @param observer called after every event, but for passes that change nothing any more; empty: nobody
Replay replay(const AllocationStream& stream, const ReplayDevice& device,
              const ReplayObserver& observer = {});

/// The smallest capacity, in steps of 2 MiB, with which a replay completes.
/// @param unlimited a replay of the same that had all it asked for
std::int64_t minimumCapacity(const AllocationStream& stream, const ReplayDevice& device,
                             const Replay& unlimited);

} // namespace headroom
