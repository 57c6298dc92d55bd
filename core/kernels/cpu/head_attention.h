// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/aligned_memory.h"

#include <cstdint>

namespace headroom {

/// The positions that queries and keys of one head are given before they are compared.
struct HeadPositions {
    /// [length, width / 2, {cosine, sine}]: rotates neighboring pairs of features by these angles; or, if
    /// polar, [length, width, {cosine, sine}]: the features become magnitudes softplus(x) at these angles, as
    /// magnitude * cosine, then magnitude * sine.
    const float* table;
    bool isPolar = false;
    /// If polar, [width] each: the cosines and sines of the angles that are added to those of keys.
    const float* aheadCosine = nullptr;
    const float* aheadSine = nullptr;
};

/// Gated attention of one head in float32: each position of a row to all positions of that row. Computes the
/// attention weights for a few positions at a time, so that they stay in the cache. One thread at a time.
class HeadAttention {
public:
    /// @param width features of q, k and v
    HeadAttention(std::int64_t length, std::int64_t width, float scale, bool isPolar);

    /// out = gate softmax(scale q' k'') v, with q' and k' at their positions.
    /// @param q, k, v [length, width], contiguous
    /// @param gate a factor of each position, `gateStride` apart
    /// @param out [length, width] with `outStride` between rows
    void run(const HeadPositions& positions, const float* q, const float* k, const float* v,
             const float* gate, std::int64_t gateStride, float* out, std::int64_t outStride);

private:
    std::int64_t length_;
    std::int64_t width_;
    std::int64_t features_; ///< of q and k at their positions
    std::int64_t rowsPerBlock_;
    std::int64_t scoreStride_;
    float scale_;
    AlignedVector<float> query_;  ///< [length, features]
    AlignedVector<float> placed_; ///< [keys of a block, features]
    AlignedVector<float> keys_;   ///< [blocks, features, keys of a block]
    AlignedVector<float> scores_; ///< [rows of a block, length]
    AlignedVector<float> sums_;   ///< [rows of a block]
};

} // namespace headroom
