#pragma once

#include <cstdint>

namespace headroom {

/// Floating point operations of products by what they are for.
struct FlopCount {
    double forward = 0;
    double recompute = 0; ///< of the forward pass again, during the backward pass
    double backward = 0;

    /// What was done since `before` is done so many times more.
    void again(const FlopCount& before, std::int64_t times) {
        const auto factor = static_cast<double>(times);
        forward += factor * (forward - before.forward);
        recompute += factor * (recompute - before.recompute);
        backward += factor * (backward - before.backward);
    }
};

} // namespace headroom
