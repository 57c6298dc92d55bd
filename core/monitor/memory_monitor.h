#pragma once

#include "core/values/memory_use.h"

#include <c10/core/Device.h>

#include <cstdint>
#include <memory>

namespace headroom {

/// Highest since a probe's last sample, bytes.
struct MemoryPeaks {
    std::int64_t allocated = 0;
    std::int64_t reserved = 0;
};

/// What this process holds of a device's memory. On the CPU that is the bytes of the tensors made since the
/// first probe; elsewhere LibTorch's allocator knows. Each probe has peaks of its own; a copy is the same
/// probe. Any thread.
class MemoryMonitor {
public:
    /// Best before the first tensor, while no other thread makes any: see countCpuTensors().
    explicit MemoryMonitor(c10::Device device);

    /// Peaks since this probe's sample before; those of its first since any probe's before. Does not wait for
    /// the device. On the CPU, deviceUsed is what /proc/meminfo does not call available, and both of the
    /// machine's figures are 0 where it cannot be read.
    MemoryUse sample();

private:
    c10::Device device_;
    std::shared_ptr<MemoryPeaks> peaks_;
};

} // namespace headroom
