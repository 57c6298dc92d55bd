// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace headroom {

void parallelFor(std::size_t count, std::size_t threads, const std::stop_token& stop,
                 const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::exception_ptr failure;
    const auto runItems = [&] {
        while (!stop.stop_requested()) {
            const std::size_t index = next++;
            if (index >= count)
                return;
            try {
                work(index);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!failure)
                    failure = std::current_exception();
                next = count;
            }
        }
    };
    {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < std::min(threads, count); ++i)
            workers.emplace_back(runItems);
    }
    if (failure)
        std::rethrow_exception(failure);
}

std::size_t threadsUpTo(std::size_t most) {
    return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most);
}

} // namespace headroom
