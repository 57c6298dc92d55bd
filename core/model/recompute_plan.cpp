#include "core/model/recompute_plan.h"

#include "core/config/run_config.h"

#include <algorithm>

namespace headroom {
namespace {

/// Enough for the products of a slice to be as fast as those of the whole.
constexpr std::int64_t tokensOfSlice = 1 << 13;

} // namespace

std::int64_t RecomputePlan::slicesOfLayer(std::int64_t layer, std::int64_t tokens) const {
    if (layer >= layers)
        return 0;
    return slices > 0 ? slices : (tokens + tokensOfSlice - 1) / tokensOfSlice;
}

RecomputePlan recomputePlan(const ModelConfig& config) {
    return {.layers = config.useGradientCheckpointing ? config.numLayers
                                                      : std::min(config.recomputeLayers, config.numLayers),
            .slices = config.recomputeSlices,
            .offload = config.offload};
}

} // namespace headroom
