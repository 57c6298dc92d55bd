// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace headroom {

/// Decides when to write a checkpoint, by request or by time, and when to retry after a failure: after 10 s,
/// then twice as long each time, up to 10 minutes. Takes the time as an argument. One thread.
class SaveSchedule {
public:
    using Clock = std::chrono::steady_clock;

    SaveSchedule(double everyMinutes, Clock::time_point now);

    /// Sets the minutes after the last save when the next one is due; 0: never.
    void setEveryMinutes(double minutes) { everyMinutes_ = minutes; }

    /// Requests a save, such as at the end of an epoch.
    void request() { requested_ = true; }

    /// True if a save is wanted, by request or by time, and the wait after a failure is over.
    bool due(Clock::time_point now) const;

    void saved(Clock::time_point now);

    /// Returns the seconds until the next attempt.
    double failed(Clock::time_point now);
    /// The time of the next attempt.
    Clock::time_point retryTime() const { return retryAt_; }

private:
    double everyMinutes_;
    Clock::time_point lastSave_;
    bool requested_ = false;
    double retrySeconds_ = 0;
    Clock::time_point retryAt_{};
};

} // namespace headroom
