// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/memory_monitor.h"

#include "core/cards/nvml.h"
#include "core/monitor/counting_allocator.h"
#include "core/support/machine_memory.h"

#include <c10/core/CachingDeviceAllocator.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <mutex>
#include <unistd.h>
#include <utility>
#include <vector>

namespace headroom {

namespace {

/// Resident memory of this process in bytes; 0 if it cannot be read.
std::int64_t residentBytes() {
    std::ifstream file("/proc/self/statm");
    std::int64_t size = 0;
    std::int64_t resident = 0;
    if (!(file >> size >> resident))
        return 0;
    return resident * sysconf(_SC_PAGESIZE);
}

MemoryUse sampleOfMachine() {
    const CountedBytes counted = takeCountedBytes();
    MemoryUse use{.allocated = counted.allocated,
                  .reserved = counted.allocated,
                  .peakAllocated = counted.peak,
                  .peakReserved = counted.peak};
    const MachineMemory machine = MachineMemory::now();
    use.deviceUsed = machine.total - machine.available;
    use.deviceTotal = machine.total;
    const std::int64_t resident = residentBytes();
    if (use.deviceTotal > 0 && resident > 0)
        use.others = std::max<std::int64_t>(0, use.deviceUsed - resident);
    return use;
}

/// Device memory of this process as reported by the NVIDIA driver. A query takes milliseconds, so the result
/// is cached for a second.
std::optional<std::int64_t> heldByThisProcess() {
    using Clock = std::chrono::steady_clock;
    static const Nvml nvml;
    static std::optional<std::int64_t> held;
    static Clock::time_point queried = Clock::time_point::min();
    const Clock::time_point now = Clock::now();
    if (queried == Clock::time_point::min() || now - queried >= std::chrono::seconds(1)) {
        held = nvml.heldByThisProcess();
        queried = now;
    }
    return held;
}

MemoryUse sampleOfAccelerator(c10::Device device, bool resets) {
    c10::DeviceAllocator* allocator = c10::getDeviceAllocator(device.type());
    const auto stats = allocator->getDeviceStats(device.index());
    if (resets)
        allocator->resetPeakStats(device.index());
    const auto [free, total] = allocator->getMemoryInfo(device.index());
    constexpr auto all = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
    MemoryUse use{.allocated = stats.allocated_bytes[all].current,
                  .reserved = stats.reserved_bytes[all].current,
                  .peakAllocated = stats.allocated_bytes[all].peak,
                  .peakReserved = stats.reserved_bytes[all].peak,
                  .deviceUsed = static_cast<std::int64_t>(total - free),
                  .deviceTotal = static_cast<std::int64_t>(total)};
    if (const auto held = heldByThisProcess())
        use.others = std::max<std::int64_t>(0, use.deviceUsed - *held);
    return use;
}

/// All monitors. A device has a single peak counter and reading resets it, so each reading is forwarded to
/// every monitor of the device.
class MonitorRegistry {
public:
    void add(c10::Device device, const std::shared_ptr<MemoryPeaks>& peaks) {
        const std::lock_guard lock(mutex_);
        std::erase_if(monitors_, [](const auto& monitor) { return monitor.second.expired(); });
        monitors_.emplace_back(device, peaks);
    }

    MemoryUse sample(c10::Device device, MemoryPeaks& own) {
        const std::lock_guard lock(mutex_);
        MemoryUse use = device.is_cpu() ? sampleOfMachine() : sampleOfAccelerator(device, true);
        for (const auto& [where, monitor] : monitors_) {
            if (const auto peaks = where == device ? monitor.lock() : nullptr) {
                peaks->allocated = std::max(peaks->allocated, use.peakAllocated);
                peaks->reserved = std::max(peaks->reserved, use.peakReserved);
            }
        }
        use.peakAllocated = std::exchange(own.allocated, use.allocated);
        use.peakReserved = std::exchange(own.reserved, use.reserved);
        return use;
    }

    MemoryUse watch(c10::Device device, MemoryPeaks& own) {
        if (device.is_cpu()) // its counter is read and reset at once
            return sample(device, own);
        const std::lock_guard lock(mutex_);
        return sampleOfAccelerator(device, false);
    }

private:
    std::mutex mutex_;
    std::vector<std::pair<c10::Device, std::weak_ptr<MemoryPeaks>>> monitors_;
};

MonitorRegistry& registry() {
    static MonitorRegistry all;
    return all;
}

} // namespace

MemoryMonitor::MemoryMonitor(c10::Device device) : device_(device), peaks_(std::make_shared<MemoryPeaks>()) {
    if (device.is_cpu())
        countCpuTensors();
    registry().add(device_, peaks_);
}

MemoryUse MemoryMonitor::sample() {
    return registry().sample(device_, *peaks_);
}

MemoryUse MemoryMonitor::watch() {
    return registry().watch(device_, *peaks_);
}

} // namespace headroom
