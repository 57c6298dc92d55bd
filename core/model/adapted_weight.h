// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <utility>
#include <vector>

namespace headroom {

/// The weight matrix W of a linear layer, or W + B A if it has an adapter (LoRA, arXiv 2106.09685).
///
/// The sum is formed in the dtype of the parameters before the layer runs, so that layers need not know about
/// adapters. It exists as long as the other weights of its layer, and so does its gradient, from which those
/// of A and B are computed. Products of activations with A and B would save that gradient, but keep a tensor
/// for each of them, and could not be folded with norms or with each other, as weights can.
class AdaptedWeight {
public:
    AdaptedWeight() = default;
    /// @param weight [out, in], or [out, in, 1]
    explicit AdaptedWeight(at::Tensor weight) : weight_(std::move(weight)) {}
    /// @param a [rank, in]
    /// @param b [out, rank]
    AdaptedWeight(at::Tensor weight, at::Tensor a, at::Tensor b)
        : weight_(std::move(weight)), a_(std::move(a)), b_(std::move(b)) {}

    /// Like W; differentiable. W itself if there is no adapter.
    at::Tensor value() const;
    /// value() of several weights of equal shapes, [weights, out, in].
    static at::Tensor stack(const std::vector<AdaptedWeight>& weights);

    /// Appends W, and A and B if it has an adapter.
    void addParametersTo(std::vector<at::Tensor>& parameters) const;

private:
    at::Tensor weight_;
    at::Tensor a_; ///< undefined: no adapter
    at::Tensor b_;
};

} // namespace headroom
