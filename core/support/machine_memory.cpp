// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/machine_memory.h"

#include "core/support/bytes.h"
#include "core/support/error.h"
#include "core/support/memory_groups.h"

#include <algorithm>
#include <cstdlib> // defines __GLIBC__
#include <fstream>
#include <limits>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace headroom {
namespace {

/// The fraction of memory left to the rest of the system, as its reciprocal.
constexpr std::int64_t reservedShare = 16;

/// Freed memory that malloc holds for reuse, see disableMallocTrim().
std::int64_t reusableBytes() {
#ifdef __GLIBC__
    return static_cast<std::int64_t>(mallinfo2().fordblks);
#else
    return 0;
#endif
}

} // namespace

MachineMemory MachineMemory::now() {
    std::ifstream file("/proc/meminfo");
    MachineMemory memory;
    std::string name;
    std::int64_t kibibytes = 0;
    while ((memory.total == 0 || memory.available == 0) && file >> name >> kibibytes) {
        if (name == "MemTotal:")
            memory.total = kibibytes * 1024;
        else if (name == "MemAvailable:")
            memory.available = kibibytes * 1024;
        file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    if (memory.available == 0)
        return {};
    static const MemoryGroups groups;
    for (const MemoryGroups::Limit& limit : groups.limits()) {
        memory.total = std::min(memory.total, limit.total);
        memory.available = std::min(memory.available, limit.available);
    }
    return memory;
}

void requireMemory(std::int64_t bytes, const std::string& what) {
    const MachineMemory memory = MachineMemory::now();
    const std::int64_t usable = std::max<std::int64_t>(0, memory.available - memory.total / reservedShare);
    if (memory.total == 0 || bytes <= usable || bytes - usable <= reusableBytes())
        return;
    const auto text = [](std::int64_t size) { return formatBytes(static_cast<std::uint64_t>(size)); };
    throw OutOfMemoryError(what + " would need " + text(bytes) + " of memory, but only " +
                           text(memory.available) + " is available");
}

} // namespace headroom
