// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/allocation_stream.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace headroom {

/// What a memory snapshot of PyTorch says about one device.
struct RecordedMemory {
    int device = 0;
    AllocationStream stream;  ///< first the blocks that existed before the recording, then the recording
    std::int64_t older = 0;   ///< number of those blocks
    std::int64_t entries = 0; ///< of the trace
    std::int64_t peakRequested = 0; ///< highest sum of the live blocks' requested sizes, bytes
    std::int64_t peakReserved = 0;  ///< as recorded, bytes; 0 if the file does not say
    std::int64_t streams = 0;       ///< number of device streams that allocate
    std::int64_t outOfMemory = 0;   ///< how often the program ran out of memory
    /// Bytes of the allocation that failed last, if the program allocated nothing more; 0: it went on. The
    /// stream has this allocation, as if it had succeeded and been freed at once.
    std::int64_t lastFailed = 0;
    /// The calls that allocated, outermost first: {"<module> (train.py:51)", "forward (model.py:12)"}. Those
    /// of the interpreter and of PyTorch's dispatcher are left out.
    std::shared_ptr<const std::vector<std::vector<std::string>>> stacks = {};
    std::vector<std::int32_t> stackOf = {}; ///< by block of the stream: index in `stacks`
    bool hasPrivatePools = false;           ///< memory of CUDA graphs, which the allocator's model lacks
};

/// Reads a memory snapshot of any program (torch.cuda.memory._dump_snapshot) as data: nothing in it is
/// executed or believed. The result has a device for each trace that is not empty. Time and memory are
/// bounded by the length of the file. The order in which memory is freed is that of free_completed, after all
/// streams have finished with a block.
/// @param where name of the file, for errors
/// @throws Error (Input) for another or a damaged file, one that contradicts itself, or one without a history
std::vector<RecordedMemory> readSnapshot(std::span<const std::byte> bytes, const std::string& where);

/// Reads the file. Throws also for files of more than 2 GiB.
std::vector<RecordedMemory> readSnapshot(const std::string& path);

} // namespace headroom
