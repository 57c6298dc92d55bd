#pragma once

#include <cstdint>
#include <string>

namespace headroom {

/// Memory of this machine, in bytes, as /proc/meminfo tells it; both 0 where it cannot be read.
struct MachineMemory {
    std::int64_t total = 0;
    std::int64_t available = 0; ///< to programs, without swapping

    static MachineMemory now();
};

/// Throws OutOfMemoryError (error.h) where `bytes` more would leave less than a sixteenth of the machine's
/// memory free: Linux promises memory that it does not have, and then kills whoever uses it. What this
/// program has freed and kept counts as free. Any thread.
/// @param what that needs them, as the subject of a sentence: "3 batches"
void requireMemory(std::int64_t bytes, const std::string& what);

} // namespace headroom
