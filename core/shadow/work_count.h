#pragma once

#include "core/session/step_work.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace headroom {

/// What a stretch of a program is for.
enum class WorkPart { Setup, Forward, Recompute, Backward, Update };

/// Work by what it is for.
class WorkCount {
public:
    Work& operator[](WorkPart part) { return parts_[static_cast<std::size_t>(part)]; }
    const Work& operator[](WorkPart part) const { return parts_[static_cast<std::size_t>(part)]; }

    /// What was done since `before` is done so many times more.
    void again(const WorkCount& before, std::int64_t times) {
        for (std::size_t i = 0; i < parts_.size(); ++i)
            parts_[i] += (parts_[i] - before.parts_[i]) * static_cast<double>(times);
    }

private:
    std::array<Work, 5> parts_ = {};
};

} // namespace headroom
