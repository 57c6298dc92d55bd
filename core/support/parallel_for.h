#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace headroom {

/// Calls work(0) ... work(count - 1), in order of beginning, on up to `threads` threads of its own, and
/// returns when all have ended. After a stop request or an exception no further call is begun; the first
/// exception is thrown on. `work` must be safe to call from several threads.
void parallelFor(std::size_t count, std::size_t threads, const std::stop_token& stop,
                 const std::function<void(std::size_t)>& work);

/// How many threads a job for files should take: as many as the machine has, but at most `most`.
std::size_t threadsUpTo(std::size_t most);

} // namespace headroom
