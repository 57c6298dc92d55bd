#pragma once

#include "core/values/step_cost.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace headroom {

/// What a stretch of a program is for.
enum class CostPart { Setup, Forward, Recompute, Backward, Update };

/// Work by what it is for.
class CostCounter {
public:
    Cost& operator[](CostPart part) { return parts_[static_cast<std::size_t>(part)]; }
    const Cost& operator[](CostPart part) const { return parts_[static_cast<std::size_t>(part)]; }

    /// What was done since `before` is done so many times more.
    void again(const CostCounter& before, std::int64_t times) {
        for (std::size_t i = 0; i < parts_.size(); ++i)
            parts_[i] += (parts_[i] - before.parts_[i]) * static_cast<double>(times);
    }

private:
    std::array<Cost, 5> parts_ = {};
};

} // namespace headroom
