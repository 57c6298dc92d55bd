// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/cast.h"
#include "core/model/model_shape.h"
#include "core/model/residual_block.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>

namespace headroom {
namespace {

constexpr double scale = 8;
constexpr double leastNorm = 1e-12;

/// Features with norm 1 along the positions, the last dimension. In float32 or better, because the gradient
/// is a small difference of large numbers.
at::Tensor normalizedAlongPositions(const at::Tensor& features) {
    const at::Tensor x = cast(features, at::promote_types(features.scalar_type(), at::kFloat));
    return x / at::linalg_vector_norm(x, 2, -1, /*keepdim=*/true).clamp_min(leastNorm);
}

} // namespace

LinearAttentionBlock::LinearAttentionBlock(const ModelShape& shape, const std::string& prefix,
                                           Initialization& init)
    : heads_(shape.attentionHeads) {
    const auto d = shape.hiddenDim;
    const auto inner = shape.attentionDim();
    temperature_ = init.constant(prefix + "temperature", {heads_, 1, 1}, 1);
    gamma_ = init.constant(prefix + "norm.gamma", {d}, 1);
    qkv_ = init.linear(prefix + "to_qkv.0.weight", {3 * inner, d}, d);
    out_ = init.linear(prefix + "to_out.1.weight", {d, inner}, inner);
}

std::vector<at::Tensor> LinearAttentionBlock::parameters() const {
    std::vector<at::Tensor> all{temperature_, gamma_};
    qkv_.addParametersTo(all);
    out_.addParametersTo(all);
    return all;
}

std::vector<at::Tensor> LinearAttentionBlock::weights(at::ScalarType activations) const {
    return {cast(qkv_.value() * gamma_, activations), temperature_.exp(), cast(out_.value(), activations)};
}

at::Tensor LinearAttentionBlock::forward(const at::Tensor& x, const at::Tensor* weights,
                                         const BlockRun& run) const {
    const at::Tensor projected = at::matmul(unitNormalized(x, run.form), weights[0].t());
    // [3, rows, heads, e, length]
    const at::Tensor parts = projected.unflatten(-1, {3, heads_, -1}).permute({2, 0, 3, 4, 1}).contiguous();
    const at::Tensor q = normalizedAlongPositions(parts.select(0, 0)) * weights[1];
    const at::Tensor k = normalizedAlongPositions(parts.select(0, 1));
    const at::Tensor attention = at::softmax(at::matmul(q, k.transpose(2, 3)) * scale, -1);
    // [rows, heads, e, length]
    const at::Tensor mixed = at::matmul(cast(attention, parts.scalar_type()), parts.select(0, 2));
    const at::Tensor tokens = mixed.permute({0, 3, 1, 2}).flatten(2);
    return at::matmul(tokens, weights[2].t()).add_(x);
}

} // namespace headroom
