// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/mamba2_mixer.h"
#include "core/model/scan_form.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headroom {

/// A bidirectional residual block: W [F(u); flip(G(flip u))] + u with F(u) = u + mixer(rmsnorm(u)). G has the
/// form of F and other parameters.
class BidirectionalBlock {
public:
    /// Makes the parameters `prefix` + "forward_blocks.0.norm.weight" and so on.
    BidirectionalBlock(const ModelShape& shape, const std::string& prefix, Initialization& init);

    /// The weights of forward(), computed from the parameters; differentiable.
    /// @param activations dtype of the matrix products
    std::vector<at::Tensor> weights(at::ScalarType activations) const;

    /// @param u [rows, length, d]
    /// @param weights result of weights(), or copies
    at::Tensor forward(const at::Tensor& u, const std::vector<at::Tensor>& weights, Use use,
                       ScanForm mixers) const;

    std::vector<at::Tensor> parameters() const;

private:
    struct Side {
        at::Tensor norm; ///< [d]
        MixerParameters mixer;
    };

    Side makeSide(const std::string& prefix, Initialization& init) const;

    MixerShape shape_;
    Side forward_;
    Side backward_;
    at::Tensor weight_; ///< [2 d, d, 1], a transposed convolution in the official code
    at::Tensor bias_;   ///< [d]
};

/// A block along time for every band, followed by a block along bands for every frame. Tokens are
/// [bands, batch, frames, d], contiguous.
class DualPathLayer {
public:
    /// Makes the parameters `prefix` + "0." ... (time) and `prefix` + "1." ... (bands).
    DualPathLayer(const ModelShape& shape, const std::string& prefix, Initialization& init);

    /// @param slices number of slices of the rows of each block, see evaluate()
    /// @param offloadInput whether to keep the inputs of the blocks in host memory; ignored for 0 slices
    /// @param mixers also in the backward pass, which may run on another thread
    at::Tensor forward(const at::Tensor& tokens, at::ScalarType activations, std::int64_t slices,
                       bool offloadInput, ScanForm mixers) const;

    std::vector<at::Tensor> parameters() const;

private:
    BidirectionalBlock time_;
    BidirectionalBlock bands_;
};

} // namespace headroom
