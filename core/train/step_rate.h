// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace headroom {

/// Speed of a run, averaged over about its last 20 steps, so that the remaining time is stable but forgets a
/// slow start. One thread.
class StepRate {
public:
    /// Adds a step.
    /// @param seconds since the end of the previous step
    void add(int examples, double seconds);

    double examplesPerSecond() const; ///< 0 before the first step
    double etaSeconds(std::int64_t remainingSteps) const;

private:
    double weight_ = 0;
    double examples_ = 0;
    double seconds_ = 0;
};

} // namespace headroom
