// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/memory_sampler.h"

#include "core/monitor/memory_monitor.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace headroom {
namespace {

void sampleUntilStopped(const std::stop_token& stop, MemoryMonitor monitor, std::chrono::milliseconds every,
                        const std::function<void(const MemoryUse&)>& sink) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        sink(monitor.watch());
        never.wait_for(lock, stop, every, [] { return false; });
    }
}

} // namespace

MemorySampler::MemorySampler(c10::Device device, std::chrono::milliseconds every,
                             std::function<void(const MemoryUse&)> sink)
    : thread_([monitor = MemoryMonitor(device), every, sink = std::move(sink)](const std::stop_token& stop) {
          sampleUntilStopped(stop, monitor, every, sink);
      }) {}

} // namespace headroom
