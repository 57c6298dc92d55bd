#pragma once

#include "core/monitor/memory_monitor.h"

#include <chrono>
#include <functional>
#include <thread>

namespace headroom {

/// Samples a device's memory at a steady rate, on a thread of its own, for as long as it lives.
class MemorySampler {
public:
    /// @param every time from one sample to the next
    /// @param sink  takes each sample, on the sampler's thread; must not throw
    MemorySampler(c10::Device device, std::chrono::milliseconds every,
                  std::function<void(const MemoryUse&)> sink);

private:
    std::jthread thread_; ///< ends promptly with this object
};

} // namespace headroom
