// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

namespace headroom {

/// Memory of this machine from /proc/meminfo, in bytes, or what its control groups leave to this program if
/// that is less; both 0 if it cannot be read.
struct MachineMemory {
    std::int64_t total = 0;
    std::int64_t available = 0; ///< available to programs without swapping

    static MachineMemory now();
};

/// Throws OutOfMemoryError (error.h) if allocating `bytes` would leave less than a sixteenth of the machine's
/// memory available: Linux overcommits memory and kills a program when it runs out. Memory that malloc holds
/// for reuse counts as available. Thread-safe.
/// @param what what needs the memory, as the subject of a sentence: "3 batches"
void requireMemory(std::int64_t bytes, const std::string& what);

} // namespace headroom
