#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace headroom {

/// Does jobs one after the other, on a thread of its own with a lower priority than the rest of the program.
/// Every call from any thread. Destruction ends the job in progress soon, drops the others and joins.
class JobWorker {
public:
    using Job = std::function<void(const std::stop_token& stop)>;

    JobWorker();
    ~JobWorker();
    JobWorker(const JobWorker&) = delete;
    JobWorker& operator=(const JobWorker&) = delete;

    /// @param job    must not throw
    /// @param number by which the job can be cancelled
    void post(std::uint64_t number, Job job);

    /// Requests the stop of all jobs of this number. One that has not begun is still called, for it to say
    /// that it does nothing.
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
    std::uint64_t current_ = 0;    ///< guarded by mutex_; the number of the job in progress
    std::stop_source currentStop_; ///< guarded by mutex_
    std::jthread thread_;          ///< last: it uses all of the above
};

} // namespace headroom
