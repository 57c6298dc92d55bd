// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/replay.h"

#include "core/allocator/plain_allocator.h"
#include "core/allocator/stream_player.h"

#include <limits>

namespace headroom {
namespace {

template <class Allocator>
Replay play(const AllocationStream& stream, const Allocator& allocator, const ReplayObserver& observer) {
    StreamPlayer player(stream, allocator);
    player.play(std::numeric_limits<std::int64_t>::max(), observer);
    return player.result();
}

} // namespace

Replay replay(const AllocationStream& stream, const ReplayDevice& device, const ReplayObserver& observer) {
    if (!device.caching)
        return play(stream, PlainAllocator(device.capacity), observer);
    return play(stream, CachingAllocator(device.settings, device.capacity), observer);
}

} // namespace headroom
