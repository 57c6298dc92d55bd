// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace headroom {

/// Calls work(0) ... work(count - 1), started in this order, on up to `threads` new threads, and returns when
/// all calls have returned. After a stop request or an exception, starts no further calls; rethrows the first
/// exception. `work` must be thread-safe.
void parallelFor(std::size_t count, std::size_t threads, const std::stop_token& stop,
                 const std::function<void(std::size_t)>& work);

/// The hardware threads of this machine, at least 1 and at most `most`.
std::size_t threadsUpTo(std::size_t most);

} // namespace headroom
