#pragma once

#include "core/model/initialization.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

namespace headroom {

struct ModelShape;

/// Which way a scan runs along the positions of a row.
enum class Direction { Forward, Backward };

/// Sizes of a Mamba2 mixer; one group.
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

/// The parameters of one Mamba2 mixer, in the order and under the names of the official state dict.
struct MixerParameters {
    at::Tensor dtBias;     ///< [H]
    at::Tensor aLog;       ///< [H]
    at::Tensor d;          ///< [H]
    at::Tensor inProj;     ///< [2 D + 2 N + H, d]: z, x, B, C, dt
    at::Tensor convWeight; ///< [D + 2 N, 1, taps]
    at::Tensor convBias;   ///< [D + 2 N]
    at::Tensor norm;       ///< [D]
    at::Tensor outProj;    ///< [d, D]
};

/// Makes them; names are `prefix` + "dt_bias" and so on.
MixerParameters makeMixerParameters(const MixerShape& shape, const std::string& prefix, Initialization& init);

/// Mamba2 (arXiv 2405.21060) on rows of positions: causal in the given direction.
/// @param u [rows, length, d]
/// @return [rows, length, d]
at::Tensor mamba2Mixer(const at::Tensor& u, const MixerShape& shape, const MixerParameters& parameters,
                       Direction direction);

} // namespace headroom
