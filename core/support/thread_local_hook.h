// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <utility>

namespace headroom {

/// Holds at most one Observer per thread. Code that reports to an observer looks it up here; a Guard installs
/// it. Each Observer type has its own slot.
template <class Observer>
class ThreadLocalHook {
public:
    /// The observer of the current thread; null if there is none.
    static Observer* current() { return current_; }

    /// RAII: installs `observer` for the current thread and restores the previous one. Guards nest; destroy
    /// each on the thread that made it. `observer` must outlive the guard.
    class Guard {
    public:
        explicit Guard(Observer& observer) : previous_(std::exchange(current_, &observer)) {}
        ~Guard() { current_ = previous_; }
        Guard(const Guard&) = delete;
        Guard& operator=(const Guard&) = delete;

    private:
        Observer* previous_;
    };

private:
    static inline thread_local Observer* current_ = nullptr;
};

} // namespace headroom
