#pragma once

#include "core/config/knob.h"

#include <string>
#include <vector>

namespace headroom {

/// A knob that two configurations set differently.
struct KnobDifference {
    const Knob* knob = nullptr; ///< in the knob table
    std::string before;
    std::string after;

    bool needsNewRun() const { return knob->takesEffect == TakesEffect::NewRun; }
    /// "training.batch_size: 5 -> 2"
    std::string text() const { return knob->key + ": " + before + " -> " + after; }
};

/// In the order of the knob table; empty where the configurations are the same.
std::vector<KnobDifference> differences(const RunConfig& before, const RunConfig& after);

} // namespace headroom
