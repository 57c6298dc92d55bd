// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/minimum_capacity.h"

#include "core/allocator/plain_allocator.h"
#include "core/allocator/rising_replay.h"
#include "core/support/rounding.h"

#include <algorithm>
#include <deque>

namespace headroom {
namespace {

/// The peak of live blocks, as any allocator rounds them at least.
std::int64_t livePeak(const AllocationStream& stream, bool caching) {
    const std::int64_t unit = caching ? CachingAllocator::smallestBlock : 1;
    std::vector<bool> isLive(stream.blocks.size(), false);
    std::int64_t live = 0;
    std::int64_t peak = 0;
    for (const std::int32_t entry : stream.events) {
        if (entry == AllocationStream::release)
            continue;
        const auto number = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
        if (isLive[number] == (entry >= 0)) // a persistent block again
            continue;
        isLive[number] = entry >= 0;
        live += (entry < 0 ? -1 : 1) * roundUp(stream.blocks[number].bytes, unit);
        peak = std::max(peak, live);
    }
    return peak;
}

/// With less memory the allocator retries earlier, which can also help. A binary search would therefore miss
/// sufficient capacities. A replay that fails does so with every capacity up to the next.
template <class Allocator>
std::int64_t search(const std::vector<PlayedStream>& streams, std::int64_t capacity, const Allocator& empty,
                    bool reservesByCapacity) {
    std::deque<RisingReplay<Allocator>> replays;
    for (const PlayedStream& each : streams)
        replays.emplace_back(each.stream, empty);
    for (std::size_t i = 0; i < streams.size();) {
        const Replay& unlimited = streams[i].unlimited;
        const bool sufficient = !reservesByCapacity && capacity >= unlimited.statistics.reservedPeak;
        const Replay played = sufficient ? unlimited : replays[i].play(capacity);
        if (played.completed) {
            ++i;
        } else {
            capacity = played.nextCapacity;
            i = 0;
        }
    }
    return capacity;
}

} // namespace

std::int64_t minimumCapacity(const std::vector<PlayedStream>& streams, const ReplayDevice& device) {
    std::int64_t least = 0;
    for (const PlayedStream& each : streams)
        least = std::max(least, livePeak(each.stream, device.caching));
    if (!device.caching)
        return search(streams, least, PlainAllocator(least), false);
    return search(streams, least, CachingAllocator(device.settings, least),
                  device.settings.expandableSegments);
}

} // namespace headroom
