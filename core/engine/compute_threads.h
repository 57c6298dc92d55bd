// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// Sets the number of threads per CPU operation, also for threads that are started later. It affects the last
/// bits of results.
void setComputeThreads(int threads);

/// RAII: CPU operations of the current thread run single-threaded.
class SingleThreadGuard {
public:
    SingleThreadGuard();
    ~SingleThreadGuard();
    SingleThreadGuard(const SingleThreadGuard&) = delete;
    SingleThreadGuard& operator=(const SingleThreadGuard&) = delete;

private:
    int before_;
};

} // namespace headroom
