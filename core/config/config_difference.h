// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <string>
#include <vector>

namespace headroom {

/// An option that differs between two configurations.
struct OptionDifference {
    const Option* option = nullptr; ///< in optionTable()
    std::string before;
    std::string after;

    bool needsNewRun() const { return option->takesEffect == TakesEffect::NewRun; }
    /// "training.batch_size: 5 -> 2"
    std::string text() const { return option->key + ": " + before + " -> " + after; }
};

/// The differing options of the models of both, in the order of optionTable(); empty if there are none.
std::vector<OptionDifference> differences(const RunConfig& before, const RunConfig& after);

} // namespace headroom
