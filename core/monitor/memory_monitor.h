// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/memory_use.h"

#include <c10/core/Device.h>

#include <cstdint>
#include <memory>

namespace headroom {

/// Highest values since the last sample of a monitor, in bytes.
struct MemoryPeaks {
    std::int64_t allocated = 0;
    std::int64_t reserved = 0;
};

/// Samples the memory that this process uses on a device: on the CPU, tensors created since the first
/// monitor; on other devices, the statistics of LibTorch's allocator. Each monitor has its own peaks; copies
/// of a monitor share them. Any thread.
class MemoryMonitor {
public:
    /// On the CPU, create it before the first tensor, while no other thread creates any: see
    /// countCpuTensors().
    explicit MemoryMonitor(c10::Device device);

    /// Peaks are those since the previous sample of this monitor; the first sample has those since the
    /// previous sample of any monitor. Does not synchronize with the device. On the CPU, deviceUsed is total
    /// minus available memory of /proc/meminfo; it and deviceTotal are 0 if that cannot be read.
    /// Elsewhere than on the CPU, call it while nothing uses the device: a peak between reading and resetting
    /// the device's counter would be lost.
    MemoryUse sample();

    /// The same at any time. Elsewhere than on the CPU it resets nothing: peaks are those since the last
    /// sample().
    MemoryUse watch();

private:
    c10::Device device_;
    std::shared_ptr<MemoryPeaks> peaks_;
};

} // namespace headroom
