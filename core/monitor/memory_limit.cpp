// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/memory_limit.h"

#include "core/monitor/memory_limit/memory_limit_module.h"
#include "core/monitor/memory_monitor.h"
#include "core/support/bytes.h"
#include "core/support/error.h"
#include "core/support/shared_library.h"

namespace headroom {

MemoryLimit::MemoryLimit(c10::Device device, std::int64_t reserve) : device_(device) {
    if (reserve == 0)
        return;
    if (device.is_cpu()) {
        problem_ = "memory.reserve has no effect on the CPU";
        return;
    }
    decltype(headroomLimitMemory)* set = nullptr;
    if (!SharedLibrary(memoryLimitModule).find(set, "headroomLimitMemory")) {
        problem_ = std::string("memory.reserve cannot be kept free: ") + memoryLimitModule + " is missing";
        return;
    }
    const MemoryUse use = MemoryMonitor(device).watch();
    const std::int64_t available = use.deviceTotal - use.deviceUsed + use.reserved - reserve;
    if (available <= use.reserved)
        throw Error(ErrorKind::Failure, "no memory of the card is left besides memory.reserve", {},
                    "Lower memory.reserve, or end other programs: " +
                        formatBytes(static_cast<std::uint64_t>(use.deviceTotal - use.deviceUsed)) +
                        " are free.");
    set_ = set;
    set_(device.index(), static_cast<double>(available) / static_cast<double>(use.deviceTotal));
}

MemoryLimit::~MemoryLimit() {
    if (set_ != nullptr)
        set_(device_.index(), 1);
}

} // namespace headroom
