// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// Live memory by owner, as a flame graph shows it.
struct MemoryNode {
    std::string name = {}; ///< of a module, operator or call; empty at the root and of parts
    MemoryPart part = MemoryPart::Temporaries; ///< unless it is the root
    std::int64_t bytes = 0;                    ///< with those of its children
    int count = 0;                             ///< tensors
    std::vector<MemoryNode> children = {};     ///< largest first
};

/// The tensors that are live after an event of the step. Children of the root are parts, if those are known,
/// theirs are modules, and the leaves are operators.
MemoryNode memoryTree(const StepTensors& tensors, std::int64_t event);

/// The leaves as folded stacks, which flamegraph.pl and speedscope read: a line
/// "saved_activations;dual_path;0;time;mm 1234" for each. Semicolons and line ends in names become commas and
/// spaces.
std::string foldedStacks(const MemoryNode& root);

} // namespace headroom
