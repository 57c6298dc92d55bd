// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/allocation_stream.h"
#include "core/allocator/caching_allocator.h"

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace headroom {

/// The allocator that a stream is replayed on.
struct ReplayDevice {
    std::int64_t capacity = 0; ///< bytes available to this program
    bool caching = true;       ///< PyTorch's caching allocator; false: the CPU's, which rounds nothing
    AllocatorSettings settings = {};
};

/// The state of the allocator after an event.
struct ReplayState {
    std::int64_t event = 0;                           ///< index in the stream
    std::array<std::int64_t, memoryParts> parts = {}; ///< bytes of live blocks, as rounded by the allocator
    std::int64_t allocated = 0;                       ///< bytes
    std::int64_t reserved = 0;                        ///< bytes
    FreeMemory free = {};                             ///< of the segments
    std::int64_t address = 0;                         ///< of the block that the event allocated or freed
};

/// The peaks of a stage of the program, in bytes. They include the memory at its start.
struct StagePeaks {
    std::int32_t name = 0; ///< index in the names of the stream
    std::int64_t allocated = 0;
    std::int64_t reserved = 0;
};

struct Replay {
    bool completed = false;              ///< false: out of memory, and the replay ended there
    AllocatorStatistics statistics = {}; ///< without the retries and device calls of skipped repeats
    std::int64_t events = 0;             ///< including every repeat of a passage
    std::array<std::int64_t, memoryParts> parts = {}; ///< when allocated memory was highest
    std::vector<StagePeaks> stages = {};              ///< in order
    /// With every capacity from that of the device up to below this one, the replay is the same.
    std::int64_t nextCapacity = 0;
};

using ReplayObserver = std::function<void(const ReplayState&)>;

/// Replays a stream on the allocator of a device.
/// @param observer called after every event, except in repeats that no longer change the allocator's state;
///                 may be empty
Replay replay(const AllocationStream& stream, const ReplayDevice& device,
              const ReplayObserver& observer = {});

} // namespace headroom
