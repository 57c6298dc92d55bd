// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/affine.h"
#include "core/model/cast.h"
#include "core/model/model_shape.h"
#include "core/model/residual_block.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>

namespace headroom {

FeedForwardBlock::FeedForwardBlock(const ModelShape& shape, const std::string& prefix, Initialization& init) {
    const auto d = shape.hiddenDim;
    const auto hidden = 4 * d;
    gamma_ = init.constant(prefix + "net.0.gamma", {d}, 1);
    inWeight_ = init.linear(prefix + "net.1.weight", {hidden, d}, d);
    inBias_ = init.fanIn(prefix + "net.1.bias", {hidden}, d);
    outWeight_ = init.linear(prefix + "net.4.weight", {d, hidden}, hidden);
    outBias_ = init.fanIn(prefix + "net.4.bias", {d}, hidden);
}

std::vector<at::Tensor> FeedForwardBlock::parameters() const {
    std::vector<at::Tensor> all{gamma_};
    inWeight_.addParametersTo(all);
    all.push_back(inBias_);
    outWeight_.addParametersTo(all);
    all.push_back(outBias_);
    return all;
}

std::vector<at::Tensor> FeedForwardBlock::weights(at::ScalarType activations) const {
    // As batches of one layer, see affine().
    const auto one = [activations](const at::Tensor& x) { return cast(x, activations).unsqueeze(0); };
    return {one(inWeight_.value() * gamma_), one(inBias_), one(outWeight_.value()), one(outBias_)};
}

at::Tensor FeedForwardBlock::forward(const at::Tensor& x, const at::Tensor* weights,
                                     const BlockRun& run) const {
    const at::Tensor rows = x.unsqueeze(0);
    const at::Tensor hidden = at::gelu(affine(unitNormalized(rows, run.form), weights[0], weights[1]));
    const at::Tensor result = affine(dropped(hidden, run.feedForwardDropout.part(0)), weights[2], weights[3]);
    return dropped(result, run.feedForwardDropout.part(1)).add_(rows).squeeze(0);
}

} // namespace headroom
