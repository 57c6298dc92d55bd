// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/step_cost.h"

#include <array>
#include <cstddef>
#include <vector>

namespace headroom {

/// A cost and the time that it took.
struct TimedCost {
    Cost cost = {};
    double seconds = 0;
    double weight = 1; ///< in the fit
};

/// The speed of a machine: non-negative seconds per unit of each kind of cost, fitted to timed costs by least
/// squares of the relative error.
class MachineSpeed {
public:
    /// @param timed with fewer than minimumSamples, the speed is unknown
    explicit MachineSpeed(const std::vector<TimedCost>& timed);

    static constexpr std::size_t minimumSamples = 7;
    bool isKnown() const { return spread_ > 0; }

    /// Predicted seconds; requires isKnown().
    double seconds(const Cost& cost) const;
    /// Relative error that 90 % of the samples do not exceed, each predicted from the others.
    double spread() const { return spread_; }

private:
    static constexpr std::size_t kinds = 6;
    std::array<double, kinds> secondsOf_ = {}; ///< per unit of each kind
    double spread_ = 0;
};

} // namespace headroom
