// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_session.h"
#include "core/values/events.h"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace headroom::test {

/// Records the events of a run and lets a test wait for them. Any thread.
class EventRecorder {
public:
    EventSink sink() {
        return [this](const TrainingEvent& event) {
            const std::lock_guard lock(mutex_);
            events_.push_back(event);
            arrived_.notify_all();
        };
    }

    std::vector<TrainingEvent> events() const {
        const std::lock_guard lock(mutex_);
        return events_;
    }

    template <typename Event>
    std::vector<Event> all() const {
        std::vector<Event> found;
        for (const auto& event : events()) {
            if (const auto* match = std::get_if<Event>(&event))
                found.push_back(*match);
        }
        return found;
    }

    /// Blocks until there are `count` events of this type.
    template <typename Event>
    void await(std::size_t count = 1) const {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [&] {
            std::size_t found = 0;
            for (const auto& event : events_)
                found += std::holds_alternative<Event>(event) ? 1 : 0;
            return found >= count;
        });
    }

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable arrived_;
    std::vector<TrainingEvent> events_;
};

} // namespace headroom::test
