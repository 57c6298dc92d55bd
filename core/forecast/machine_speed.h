#pragma once

#include "core/values/step_cost.h"

#include <array>
#include <cstddef>
#include <vector>

namespace headroom {

/// Work that was seen to take so long.
struct TimedCost {
    Cost work = {};
    double seconds = 0;
    double weight = 1; ///< among others
};

/// How fast a machine is at each kind of work: its seconds are a sum over the kinds, none below zero, that
/// comes nearest to what was timed, in the sense of the squared relative error.
class MachineSpeed {
public:
    /// @param timed fewer than `fewest` of them say too little: then nothing is foretold
    explicit MachineSpeed(const std::vector<TimedCost>& timed);

    static constexpr std::size_t fewest = 7;
    bool isKnown() const { return spread_ > 0; }

    double seconds(const Cost& work) const;
    /// The relative error that nine of ten of what was timed stay below when foretold from the others.
    double spread() const { return spread_; }

private:
    static constexpr std::size_t kinds = 6;
    std::array<double, kinds> secondsOf_ = {}; ///< one unit of each kind
    double spread_ = 0;
};

} // namespace headroom
