// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/replay.h"

#include <cstdint>
#include <string>

namespace headroom {

/// A memory snapshot in the format of torch.cuda.memory._dump_snapshot(), as pytorch.org/memory_viz and
/// torch.cuda._memory_viz read it.
struct WrittenSnapshot {
    std::string pickle;             ///< the contents of the file
    std::int64_t entries = 0;       ///< of the trace
    std::int64_t peakAllocated = 0; ///< bytes, as the allocator counts them
    std::int64_t peakReserved = 0;
};

/// Replays a stream on a caching allocator and writes its history and its state after the last event. Repeats
/// that no longer change the allocator's state are left out. The frames of a block are its operator, module,
/// purpose and phase; its addresses are those of the allocator's model.
/// @throws Error (Failure) if the stream does not fit the capacity
WrittenSnapshot writeSnapshot(const AllocationStream& stream, const AllocatorSettings& settings,
                              std::int64_t capacity);

/// The events of a stream before a stage; all if it has no such stage.
AllocationStream beforeStage(AllocationStream stream, const std::string& stage);

} // namespace headroom
