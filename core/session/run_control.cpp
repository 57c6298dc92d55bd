// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/run_control.h"

#include <utility>

namespace headroom {

void RunControl::requestStop() {
    stop_.request_stop();
}

void RunControl::requestSave() {
    const std::lock_guard lock(mutex_);
    saveRequested_ = true;
    changed_.notify_all();
}

void RunControl::changeOption(OptionChange change) {
    const std::lock_guard lock(mutex_);
    optionChanges_.push_back(std::move(change));
}

void RunControl::pause() {
    const std::lock_guard lock(mutex_);
    paused_ = true;
}

void RunControl::resume() {
    const std::lock_guard lock(mutex_);
    paused_ = false;
    changed_.notify_all();
}

bool RunControl::isPaused() {
    const std::lock_guard lock(mutex_);
    return paused_;
}

bool RunControl::takeSaveRequest() {
    const std::lock_guard lock(mutex_);
    return std::exchange(saveRequested_, false);
}

std::vector<OptionChange> RunControl::takeOptionChanges() {
    const std::lock_guard lock(mutex_);
    return std::exchange(optionChanges_, {});
}

void RunControl::waitForRequest(std::chrono::steady_clock::time_point until) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, stopToken(), until, [this] { return saveRequested_; });
    saveRequested_ = false;
}

bool RunControl::waitWhilePaused(const std::function<void()>& onPaused, const std::function<void()>& onSave,
                                 const std::function<void()>& onResumed) {
    std::unique_lock lock(mutex_);
    if (!paused_ || stopRequested())
        return false;
    lock.unlock();
    onPaused();
    lock.lock();
    while (paused_ && !stopRequested()) {
        if (std::exchange(saveRequested_, false)) {
            lock.unlock();
            onSave();
            lock.lock();
            continue;
        }
        changed_.wait(lock, stopToken(), [this] { return !paused_ || saveRequested_; });
    }
    const bool resumed = !paused_;
    lock.unlock();
    if (resumed)
        onResumed();
    return true;
}

} // namespace headroom
