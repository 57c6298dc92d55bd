// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/initialization.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

namespace headroom {

struct ModelShape;

/// Direction of a scan along the positions of a row.
enum class Direction { Forward, Backward };

/// Sizes of a Mamba-2 mixer (arXiv 2405.21060) with one group.
struct MixerShape {
    std::int64_t modelDim; ///< d
    std::int64_t innerDim; ///< D
    std::int64_t dState;   ///< N
    std::int64_t headdim;  ///< P
    std::int64_t dConv;

    std::int64_t heads() const { return innerDim / headdim; }
    std::int64_t convDim() const { return innerDim + 2 * dState; }
    std::int64_t projectedDim() const { return innerDim + convDim() + heads(); }
};

MixerShape mixerShape(const ModelShape& shape);

/// The parameters of a Mamba-2 mixer, with the order and names of the official state dict.
struct MixerParameters {
    at::Tensor dtBias;     ///< [H]
    at::Tensor aLog;       ///< [H]
    at::Tensor d;          ///< [H]
    AdaptedWeight inProj;  ///< [2 D + 2 N + H, d]: z, x, B, C, dt
    at::Tensor convWeight; ///< [D + 2 N, 1, taps]
    at::Tensor convBias;   ///< [D + 2 N]
    at::Tensor norm;       ///< [D]
    AdaptedWeight outProj; ///< [d, D]
};

/// Makes the parameters `prefix` + "dt_bias" and so on.
MixerParameters makeMixerParameters(const MixerShape& shape, const std::string& prefix, Initialization& init);

} // namespace headroom
