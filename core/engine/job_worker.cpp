// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/job_worker.h"

#include "core/support/thread_priority.h"

#include <utility>

namespace headroom {

JobWorker::JobWorker() : thread_([this](const std::stop_token& end) { run(end); }) {}

JobWorker::~JobWorker() {
    thread_.request_stop();
    const std::lock_guard lock(mutex_);
    currentStop_.request_stop();
}

void JobWorker::post(std::uint64_t number, Job job) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back({number, std::move(job), std::stop_source()});
    }
    changed_.notify_one();
}

void JobWorker::cancel(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    for (Entry& entry : waiting_) {
        if (entry.number == number)
            entry.stop.request_stop();
    }
    if (current_ == number)
        currentStop_.request_stop();
}

void JobWorker::run(const std::stop_token& end) {
    lowerThreadPriority(ThreadPriority::Background);
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, end, [this] { return !waiting_.empty(); }) && !end.stop_requested()) {
        const Entry entry = std::move(waiting_.front());
        waiting_.pop_front();
        current_ = entry.number;
        currentStop_ = entry.stop;
        lock.unlock();
        entry.job(entry.stop.get_token());
        lock.lock();
    }
}

} // namespace headroom
