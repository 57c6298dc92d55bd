// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace headroom {

/// Runs jobs in order on a low-priority thread. Thread-safe. The destructor requests a stop of the current
/// job, discards the others and joins the thread.
class JobWorker {
public:
    using Job = std::function<void(const std::stop_token& stop)>;

    JobWorker();
    ~JobWorker();
    JobWorker(const JobWorker&) = delete;
    JobWorker& operator=(const JobWorker&) = delete;

    /// @param job    must not throw
    /// @param number identifies the job for cancel(); may be shared by several jobs
    void post(std::uint64_t number, Job job);

    /// Requests a stop of all jobs with this number. Queued jobs are still called, so that they can report
    /// their cancellation.
    void cancel(std::uint64_t number);

private:
    struct Entry {
        std::uint64_t number = 0;
        Job job;
        std::stop_source stop;
    };

    void run(const std::stop_token& end);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Entry> waiting_;    ///< guarded by mutex_
    std::uint64_t current_ = 0;    ///< guarded by mutex_; number of the current job
    std::stop_source currentStop_; ///< guarded by mutex_
    std::jthread thread_;          ///< last, since it uses all members above
};

} // namespace headroom
