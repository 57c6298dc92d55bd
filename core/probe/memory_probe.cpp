#include "core/probe/memory_probe.h"

#include "core/probe/counting_allocator.h"

#include <c10/core/CachingDeviceAllocator.h>

#include <cstdint>
#include <fstream>
#include <limits>
#include <string>

namespace headroom {
namespace {

void readMachine(MemoryUse& use) {
    std::ifstream file("/proc/meminfo");
    std::int64_t total = 0;
    std::int64_t available = 0;
    std::string name;
    std::int64_t kibibytes = 0;
    while ((total == 0 || available == 0) && file >> name >> kibibytes) {
        if (name == "MemTotal:")
            total = kibibytes * 1024;
        else if (name == "MemAvailable:")
            available = kibibytes * 1024;
        file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    if (available == 0)
        return;
    use.deviceUsed = total - available;
    use.deviceTotal = total;
}

MemoryUse sampleOfMachine() {
    const CountedBytes counted = takeCountedBytes();
    MemoryUse use{.allocated = counted.allocated,
                  .reserved = counted.allocated,
                  .peakAllocated = counted.peak,
                  .peakReserved = counted.peak};
    readMachine(use);
    return use;
}

MemoryUse sampleOfAccelerator(c10::Device device) {
    c10::DeviceAllocator* allocator = c10::getDeviceAllocator(device.type());
    const auto stats = allocator->getDeviceStats(device.index());
    allocator->resetPeakStats(device.index());
    const auto [free, total] = allocator->getMemoryInfo(device.index());
    constexpr auto all = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
    return {.allocated = stats.allocated_bytes[all].current,
            .reserved = stats.reserved_bytes[all].current,
            .peakAllocated = stats.allocated_bytes[all].peak,
            .peakReserved = stats.reserved_bytes[all].peak,
            .deviceUsed = static_cast<std::int64_t>(total - free),
            .deviceTotal = static_cast<std::int64_t>(total)};
}

} // namespace

MemoryProbe::MemoryProbe(c10::Device device) : device_(device) {
    if (device.is_cpu())
        countCpuTensors();
}

MemoryUse MemoryProbe::sample() {
    return device_.is_cpu() ? sampleOfMachine() : sampleOfAccelerator(device_);
}

} // namespace headroom
