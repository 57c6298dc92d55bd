#include "core/model/recompute_plan.h"

#include "core/config/run_config.h"

#include <algorithm>

namespace headroom {
namespace {

/// Enough for the products of a slice to be as fast as those of the whole.
constexpr std::int64_t tokensOfSlice = 1 << 14;

} // namespace

std::int64_t RecomputePlan::slicesFor(std::int64_t tokens) const {
    return slices > 0 ? slices : std::max<std::int64_t>(1, (tokens + tokensOfSlice - 1) / tokensOfSlice);
}

RecomputePlan recomputePlan(const ModelConfig& config) {
    return {.layers = config.useGradientCheckpointing ? config.numLayers
                                                      : std::min(config.recomputeLayers, config.numLayers),
            .slices = config.recomputeSlices};
}

} // namespace headroom
