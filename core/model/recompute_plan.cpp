// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/recompute_plan.h"

#include "core/support/rounding.h"

#include <algorithm>

namespace headroom {
namespace {

/// Tokens of an automatic slice, enough for its products to run at full speed.
constexpr std::int64_t tokensOfSlice = 1 << 13;

} // namespace

std::int64_t RecomputePlan::slicesOfLayer(std::int64_t layer, std::int64_t tokens) const {
    if (layer >= layers)
        return 0;
    return slices > 0 ? slices : divideUp(tokens, tokensOfSlice);
}

RecomputePlan recomputePlan(const ModelConfig& config) {
    return {.layers = config.useGradientCheckpointing ? config.numLayers
                                                      : std::min(config.recomputeLayers, config.numLayers),
            .slices = config.recomputeSlices,
            .offload = config.offload,
            .firstKept = std::max(0, config.numLayers - config.keptLayers),
            .kept = config.keptActivations};
}

} // namespace headroom
