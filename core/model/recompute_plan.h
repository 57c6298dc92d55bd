#pragma once

#include <cstdint>

namespace headroom {

struct ModelConfig;

/// What a training step computes twice to hold less.
struct RecomputePlan {
    std::int64_t layers = 0; ///< of the first dual-path layers, how many run again in the backward pass
    std::int64_t slices = 0; ///< that their rows are cut into; 0: automatic

    /// The slices of work that has this many tokens: where automatic, as many as leave each enough to be busy
    /// with.
    std::int64_t slicesFor(std::int64_t tokens) const;

    bool operator==(const RecomputePlan&) const = default;
};

RecomputePlan recomputePlan(const ModelConfig& config);

} // namespace headroom
