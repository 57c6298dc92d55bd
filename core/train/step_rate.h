#pragma once

#include <cstdint>

namespace headroom {

/// How fast a run goes, smoothed over about its last 20 steps, so that the remaining time neither jumps with
/// every batch nor clings to a slow start. One thread.
class StepRate {
public:
    /// Adds one step: its examples and all the seconds since the last one ended.
    void add(int examples, double seconds);

    double examplesPerSecond() const; ///< 0 before the first step
    double etaSeconds(std::int64_t remainingSteps) const;

private:
    double weight_ = 0;
    double examples_ = 0;
    double seconds_ = 0;
};

} // namespace headroom
