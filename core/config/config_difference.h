#pragma once

#include "core/config/option.h"

#include <string>
#include <vector>

namespace headroom {

/// A knob that two configurations set differently.
struct OptionDifference {
    const Option* option = nullptr; ///< in the knob table
    std::string before;
    std::string after;

    bool needsNewRun() const { return option->takesEffect == TakesEffect::NewRun; }
    /// "training.batch_size: 5 -> 2"
    std::string text() const { return option->key + ": " + before + " -> " + after; }
};

/// In the order of the knob table; empty where the configurations are the same.
std::vector<OptionDifference> differences(const RunConfig& before, const RunConfig& after);

} // namespace headroom
