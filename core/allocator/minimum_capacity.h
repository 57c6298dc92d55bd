// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/replay.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// A stream, and its replay with unlimited capacity.
struct PlayedStream {
    const AllocationStream& stream;
    const Replay& unlimited;
};

/// The smallest capacity in bytes with which the replays of all streams complete. Exact. A slightly larger
/// capacity may not suffice, because the capacity decides when the allocator frees cached memory, and thus
/// how memory is divided.
std::int64_t minimumCapacity(const std::vector<PlayedStream>& streams, const ReplayDevice& device);

} // namespace headroom
