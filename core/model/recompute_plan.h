// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cstdint>
#include <limits>

namespace headroom {

/// What the backward pass recomputes to save memory (gradient checkpointing).
struct RecomputePlan {
    std::int64_t layers = 0; ///< number of dual-path layers that recompute, from the first
    std::int64_t slices = 0; ///< slices of their rows; 0: automatic
    bool offload = false;    ///< whether to keep their inputs in host memory
    /// The first of the layers whose mixers keep `kept`, up to the last. The backward pass begins with the
    /// last layers, which so keep activations for the shortest time.
    std::int64_t firstKept = std::numeric_limits<std::int64_t>::max();
    Kept kept = Kept::Input;

    /// Slices of a layer for this many tokens; 0 if it does not recompute. The first layers recompute because
    /// the backward pass reaches them last, when the activations of the later layers are freed.
    std::int64_t slicesOfLayer(std::int64_t layer, std::int64_t tokens) const;
    /// What the mixers of a layer keep: only their input if it recomputes.
    Kept keptOfLayer(std::int64_t layer) const {
        return layer >= layers && layer >= firstKept ? kept : Kept::Input;
    }
    /// Slices of band split and mask estimators, which recompute if any layer does.
    std::int64_t slicesOutside(std::int64_t tokens) const { return slicesOfLayer(0, tokens); }

    bool operator==(const RecomputePlan&) const = default;
};

RecomputePlan recomputePlan(const ModelConfig& config);

} // namespace headroom
