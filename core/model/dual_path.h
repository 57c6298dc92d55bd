#pragma once

#include "core/model/mamba2_mixer.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headroom {

/// One bidirectional residual block: W [F(u); flip(G(flip u))] + u with F(u) = u + mixer(rmsnorm(u)) and G
/// likewise with its own parameters.
class BidirectionalBlock {
public:
    /// Makes the parameters `prefix` + "forward_blocks.0.norm.weight" and so on.
    BidirectionalBlock(const ModelShape& shape, const std::string& prefix, Initialization& init);

    /// What forward() multiplies with, made from the parameters; differentiable.
    /// @param activations dtype of the matrix products
    std::vector<at::Tensor> weights(at::ScalarType activations) const;

    /// @param u [rows, length, d]
    /// @param weights those of weights(), or copies
    at::Tensor forward(const at::Tensor& u, const std::vector<at::Tensor>& weights, Use use) const;

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
    at::Tensor weight_; ///< [2 d, d, 1], of a transposed convolution
    at::Tensor bias_;   ///< [d]
};

/// A block along time for every band, then one along bands for every frame. Tokens are contiguous
/// [bands, batch, frames, d].
class DualPathLayer {
public:
    /// Makes the parameters `prefix` + "0.forward_blocks..." (time) and "1...." (bands).
    DualPathLayer(const ModelShape& shape, const std::string& prefix, Initialization& init);

    /// @param slices of the rows of each block, see evaluate()
    /// @param keepsOnHost whether the blocks' inputs are kept there for the backward pass, where in slices
    at::Tensor forward(const at::Tensor& tokens, at::ScalarType activations, std::int64_t slices,
                       bool keepsOnHost) const;

    std::vector<at::Tensor> parameters() const;

private:
    BidirectionalBlock time_;
    BidirectionalBlock bands_;
};

} // namespace headroom
