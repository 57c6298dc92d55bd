// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/attention.h"
#include "core/model/cast.h"
#include "core/model/model_shape.h"
#include "core/model/residual_block.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>

#include <cmath>
#include <numbers>

namespace headroom {
namespace {

/// Magnitudes softplus(x) at angles, as the features magnitude * cosine, then magnitude * sine, so that the
/// product of two such rows is the sum of magnitudes times the cosine of the difference of their angles.
at::Tensor polar(const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine) {
    const at::Tensor magnitude = at::softplus(x);
    return cast(at::cat({magnitude * cosine, magnitude * sine}, -1), x.scalar_type());
}

/// Applies polar positions to q and k. The bias of each head is added to the angles of k.
/// @param bias [heads, e]
void setPolarPositions(AttentionHeads& heads, const at::Tensor& table, const at::Tensor& bias) {
    const at::Tensor cosine = table.select(-1, 0);
    const at::Tensor sine = table.select(-1, 1);
    const at::Tensor aheadCosine = at::cos(bias).unsqueeze(1);
    const at::Tensor aheadSine = at::sin(bias).unsqueeze(1);
    heads.q = polar(heads.q, cosine, sine);
    heads.k =
        polar(heads.k, cosine * aheadCosine - sine * aheadSine, sine * aheadCosine + cosine * aheadSine);
}

} // namespace

AttentionBlock::AttentionBlock(const ModelShape& shape, const std::string& prefix, at::Tensor polarBias,
                               Initialization& init)
    : heads_(shape.attentionHeads), headWidth_(shape.headWidth), polarBias_(std::move(polarBias)) {
    const auto d = shape.hiddenDim;
    const auto inner = shape.attentionDim();
    gamma_ = init.constant(prefix + "norm.gamma", {d}, 1);
    qkv_ = init.linear(prefix + "to_qkv.weight", {3 * inner, d}, d);
    gateWeight_ = init.fanIn(prefix + "to_gates.weight", {heads_, d}, d);
    gateBias_ = init.fanIn(prefix + "to_gates.bias", {heads_}, d);
    out_ = init.linear(prefix + "to_out.0.weight", {d, inner}, inner);
}

std::vector<at::Tensor> AttentionBlock::parameters() const {
    std::vector<at::Tensor> all{gamma_};
    qkv_.addParametersTo(all);
    all.insert(all.end(), {gateWeight_, gateBias_});
    out_.addParametersTo(all);
    if (polarBias_.defined())
        all.push_back(polarBias_);
    return all;
}

std::vector<at::Tensor> AttentionBlock::weights(at::ScalarType activations) const {
    // The norm gain is part of the projection, a single product for q, k, v and the gates.
    std::vector<at::Tensor> all{cast(at::cat({qkv_.value(), gateWeight_}) * gamma_, activations),
                                cast(gateBias_, activations), cast(out_.value(), activations)};
    if (polarBias_.defined())
        all.push_back(polarBias_.clamp(-2 * std::numbers::pi, 0));
    return all;
}

at::Tensor AttentionBlock::forward(const at::Tensor& x, const at::Tensor* weights,
                                   const BlockRun& run) const {
    const at::Tensor projected = at::matmul(unitNormalized(x, run.form), weights[0].t());
    AttentionHeads heads = splitHeads(projected, polarBias_.defined() ? at::Tensor() : run.positions, heads_);
    heads.gate = heads.gate + weights[1].view({heads_, 1, 1});
    Dropout ofWeights = run.attentionDropout.part(0);
    if (polarBias_.defined()) {
        setPolarPositions(heads, run.positions, weights[3]);
        ofWeights.rate = 0;
    }
    const double scale = 1 / std::sqrt(static_cast<double>(headWidth_));
    const at::Tensor mixed = at::matmul(attend(heads, scale, ofWeights), weights[2].t());
    return dropped(mixed, run.attentionDropout.part(1)).add_(x);
}

} // namespace headroom
