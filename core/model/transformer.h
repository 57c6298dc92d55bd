// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/layer.h"
#include "core/model/residual_block.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <vector>

namespace headroom {

/// Blocks of attention and feed-forward, and in a Mel-Band RoFormer a norm of the result.
class Transformer {
public:
    enum class Axis { Time, Bands, All };

    /// Makes the parameters `prefix` + "layers.0.0." ... (attention), "layers.0.1." ... (feed-forward) and so
    /// on, and "norm.gamma".
    /// @param axis that the rows are along; All: linear attention over all tokens of an example
    /// @param polarBias see AttentionBlock
    Transformer(const ModelShape& shape, Axis axis, const std::string& prefix, const at::Tensor& polarBias,
                Initialization& init);

    /// @param tokens [bands, batch, frames, d]
    /// @return a new tensor like `tokens`
    at::Tensor forward(const at::Tensor& tokens, const LayerRun& run) const;

    /// The same for rows along the axis, without slices.
    /// @param rows [rows, length, d]
    at::Tensor forwardRows(const at::Tensor& rows, const std::vector<at::Tensor>& weights,
                           const BlockRun& run) const;
    std::vector<at::Tensor> weights(at::ScalarType activations) const;
    std::vector<at::Tensor> parameters() const;

private:
    Axis axis_;
    std::int64_t heads_;
    bool isPolar_;
    std::vector<std::unique_ptr<ResidualBlock>> blocks_;
    at::Tensor gamma_; ///< of the norm of the result, [d]; undefined: no norm
};

} // namespace headroom
