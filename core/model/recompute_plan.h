#pragma once

#include <cstdint>

namespace headroom {

struct ModelConfig;

/// What a training step computes twice to hold less.
struct RecomputePlan {
    std::int64_t layers = 0; ///< of the first dual-path layers, how many run again in the backward pass
    std::int64_t slices = 0; ///< that their rows are cut into; 0: automatic
    bool offload = false;    ///< whether their inputs wait in host memory

    /// In how many slices a layer runs on this many tokens; 0: all at once, and keeping what its gradient
    /// needs. The first layers recompute: what later ones keep is gone by the time those run again.
    std::int64_t slicesOfLayer(std::int64_t layer, std::int64_t tokens) const;
    /// The same for band split and mask estimators, which recompute where any layer does.
    std::int64_t slicesOutside(std::int64_t tokens) const { return slicesOfLayer(0, tokens); }

    bool operator==(const RecomputePlan&) const = default;
};

RecomputePlan recomputePlan(const ModelConfig& config);

} // namespace headroom
