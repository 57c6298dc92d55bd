#pragma once

#include <chrono>

namespace headroom {

/// When to write a checkpoint by the clock, and when to try again after one could not be written: after 10 s,
/// then twice as long each time, up to 10 minutes. Takes the time as an argument; one thread.
class SaveSchedule {
public:
    using Clock = std::chrono::steady_clock;

    SaveSchedule(double everyMinutes, Clock::time_point now);

    /// Every this many minutes from the last save on; 0: never by the clock.
    void setEveryMinutes(double minutes) { everyMinutes_ = minutes; }

    /// A save is wanted by an epoch's end, a validation or the user.
    void request() { requested_ = true; }

    /// True where a save is wanted, by request or by the clock, and no failure forbids it yet.
    bool due(Clock::time_point now) const;

    void saved(Clock::time_point now);

    /// Returns the seconds until the next attempt.
    double failed(Clock::time_point now);
    /// When that is.
    Clock::time_point retryTime() const { return retryAt_; }

private:
    double everyMinutes_;
    Clock::time_point lastSave_;
    bool requested_ = false;
    double retrySeconds_ = 0;
    Clock::time_point retryAt_{};
};

} // namespace headroom
