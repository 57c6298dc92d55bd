#include "core/support/machine_memory.h"

#include "core/support/bytes.h"
#include "core/support/error.h"

#include <algorithm>
#include <cstdlib> // defines __GLIBC__ where it is the C library
#include <fstream>
#include <limits>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace headroom {
namespace {

/// One part in so many is left to the rest of the machine, which would otherwise come to a halt.
constexpr std::int64_t reservedShare = 16;

/// Freed, but kept from the system: see disableMallocTrim().
std::int64_t keptBytes() {
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
    return memory.available > 0 ? memory : MachineMemory{};
}

void requireMemory(std::int64_t bytes, const std::string& what) {
    const MachineMemory memory = MachineMemory::now();
    const std::int64_t free = std::max<std::int64_t>(0, memory.available - memory.total / reservedShare);
    if (memory.total == 0 || bytes <= free || bytes - free <= keptBytes())
        return;
    const auto gibibytes = [](std::int64_t size) { return formatBytes(static_cast<std::uint64_t>(size)); };
    throw OutOfMemoryError(what + " would take " + gibibytes(bytes) + " of memory, of which " +
                           gibibytes(memory.available) + " are free");
}

} // namespace headroom
