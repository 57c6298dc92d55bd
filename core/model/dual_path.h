// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/layer.h"
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
                       const LayerRun& run) const;

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
    AdaptedWeight weight_; ///< [2 d, d, 1], a transposed convolution in the official code
    at::Tensor bias_;      ///< [d]
};

/// The layer of a BSMamba2: a bidirectional block along time, then one along bands.
class DualPathLayer : public Layer {
public:
    /// Makes the parameters `prefix` + "0." ... (time) and `prefix` + "1." ... (bands).
    DualPathLayer(const ModelShape& shape, const std::string& prefix, Initialization& init);

    at::Tensor forward(const at::Tensor& tokens, const LayerRun& run) const override;
    std::vector<at::Tensor> parameters() const override;

private:
    BidirectionalBlock time_;
    BidirectionalBlock bands_;
};

} // namespace headroom
