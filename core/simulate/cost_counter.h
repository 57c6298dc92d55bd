// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/step_cost.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace headroom {

/// The part of a training step that causes a cost.
enum class CostPart { Setup, Forward, Recompute, Backward, Update };

/// Costs by part of the step.
class CostCounter {
public:
    Cost& operator[](CostPart part) { return parts_[static_cast<std::size_t>(part)]; }
    const Cost& operator[](CostPart part) const { return parts_[static_cast<std::size_t>(part)]; }

    /// Adds the costs since `before` another `repeats` times.
    void addRepeats(const CostCounter& before, std::int64_t repeats) {
        for (std::size_t i = 0; i < parts_.size(); ++i)
            parts_[i] += (parts_[i] - before.parts_[i]) * static_cast<double>(repeats);
    }

private:
    std::array<Cost, 5> parts_ = {};
};

} // namespace headroom
