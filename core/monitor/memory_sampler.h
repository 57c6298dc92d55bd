// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/memory_use.h"

#include <c10/core/Device.h>

#include <chrono>
#include <functional>
#include <thread>

namespace headroom {

/// Samples the memory of a device periodically on its own thread while it exists.
class MemorySampler {
public:
    /// @param every interval between samples
    /// @param sink  receives each sample on the sampler's thread; must not throw
    MemorySampler(c10::Device device, std::chrono::milliseconds every,
                  std::function<void(const MemoryUse&)> sink);

private:
    std::jthread thread_; ///< the destructor stops and joins it without waiting for the interval
};

} // namespace headroom
