// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace headroom {

/// Implements Transformer::forward() along time or along bands with our CPU kernels, in float32 and without
/// gradients. Each thread runs all blocks on a few rows at a time, whose activations stay in its cache; it
/// needs memory for these rows only. On Meta it allocates its weights and its result, and reports its cost.
struct CpuTransformer {
    enum class Rows { AlongTime, AlongBands };

    Rows rows;
    std::int64_t heads;
    bool isPolar;         ///< as the weights of AttentionBlock have it
    at::Tensor positions; ///< see positionTable(), in float32
    /// Those of Transformer::weights() in float32: of attention and feed-forward in turn, and a gain at the
    /// end if the result is normalized.
    std::vector<at::Tensor> weights;

    /// @param tokens [bands, batch, frames, d], contiguous
    /// @return a new tensor like `tokens`
    at::Tensor forward(const at::Tensor& tokens) const;
};

} // namespace headroom
