#pragma once

#include "core/session/memory_use.h"

#include <c10/core/Device.h>

namespace headroom {

/// What this process holds of a device's memory. On the CPU that is the bytes of the tensors made since the
/// first probe; elsewhere LibTorch's allocator knows. All probes of a device share its peaks: use one at a
/// time.
class MemoryProbe {
public:
    /// Best before the first tensor, while no other thread makes any: see countCpuTensors().
    explicit MemoryProbe(c10::Device device);

    /// Peaks since the sample before. Does not wait for the device. On the CPU, deviceUsed is what
    /// /proc/meminfo does not call available, and both of the machine's figures are 0 where it cannot be
    /// read.
    MemoryUse sample();

private:
    c10::Device device_;
};

} // namespace headroom
