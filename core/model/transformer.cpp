// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/transformer.h"

#include "core/model/cast.h"
#include "core/model/cpu_transformer.h"
#include "core/model/model_shape.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace headroom {
namespace {

std::int64_t depthOf(const ModelShape& shape, Transformer::Axis axis) {
    switch (axis) {
    case Transformer::Axis::Time:
        return shape.timeDepth;
    case Transformer::Axis::Bands:
        return shape.bandDepth;
    case Transformer::Axis::All:
        break;
    }
    return shape.linearDepth;
}

void append(std::vector<at::Tensor>& all, const std::vector<at::Tensor>& more) {
    all.insert(all.end(), more.begin(), more.end());
}

} // namespace

Transformer::Transformer(const ModelShape& shape, Axis axis, const std::string& prefix,
                         const at::Tensor& polarBias, Initialization& init)
    : axis_(axis), heads_(shape.attentionHeads), isPolar_(polarBias.defined()) {
    for (std::int64_t i = 0; i < depthOf(shape, axis); ++i) {
        const std::string attention = fmt::format("{}layers.{}.0.", prefix, i);
        if (axis == Axis::All)
            blocks_.push_back(std::make_unique<LinearAttentionBlock>(shape, attention, init));
        else
            blocks_.push_back(std::make_unique<AttentionBlock>(shape, attention, polarBias, init));
        blocks_.push_back(
            std::make_unique<FeedForwardBlock>(shape, fmt::format("{}layers.{}.1.", prefix, i), init));
    }
    if (shape.kind == ModelKind::MelBandRoformer)
        gamma_ = init.constant(prefix + "norm.gamma", {shape.hiddenDim}, 1);
}

std::vector<at::Tensor> Transformer::parameters() const {
    std::vector<at::Tensor> all;
    for (const auto& block : blocks_)
        append(all, block->parameters());
    if (gamma_.defined())
        all.push_back(gamma_);
    return all;
}

std::vector<at::Tensor> Transformer::weights(at::ScalarType activations) const {
    std::vector<at::Tensor> all;
    for (const auto& block : blocks_)
        append(all, block->weights(activations));
    if (gamma_.defined())
        all.push_back(cast(gamma_, activations));
    return all;
}

at::Tensor Transformer::forwardRows(const at::Tensor& rows, const std::vector<at::Tensor>& weights,
                                    const BlockRun& run) const {
    at::Tensor x = rows;
    const at::Tensor* next = weights.data();
    std::uint64_t number = 0;
    for (const auto& block : blocks_) {
        BlockRun ofBlock = run;
        ofBlock.attentionDropout = run.attentionDropout.part(number);
        ofBlock.feedForwardDropout = run.feedForwardDropout.part(number);
        x = block->forward(x, next, ofBlock);
        next += block->weightCount();
        ++number;
    }
    return gamma_.defined() ? unitNormalized(x, run.form) * *next : x;
}

at::Tensor Transformer::forward(const at::Tensor& tokens, const LayerRun& run) const {
    if (axis_ != Axis::All && infersOnCpu(tokens, run.form)) {
        const bool alongTime = axis_ == Axis::Time;
        return CpuTransformer{alongTime ? CpuTransformer::Rows::AlongTime : CpuTransformer::Rows::AlongBands,
                              heads_, isPolar_, alongTime ? run.timePositions : run.bandPositions,
                              weights(at::kFloat)}
            .forward(tokens.contiguous());
    }
    const auto bands = tokens.size(0);
    const auto batch = tokens.size(1);
    const auto frames = tokens.size(2);
    SlicedFunction function{.rows = bands * batch,
                            .inputRows = bandRows,
                            .outputRows = bandRows,
                            .outputSizes = tokens.sizes().vec(),
                            .outputType = tokens.scalar_type(),
                            .weights = [this, type = run.activations] { return weights(type); },
                            .compute = {},
                            .parameters = parameters(),
                            .offloadInput = run.offloadInput};
    const BlockRun ofAll{.form = run.form,
                         .positions = axis_ == Axis::Time ? run.timePositions : run.bandPositions,
                         .attentionDropout = run.attentionDropout,
                         .feedForwardDropout = run.feedForwardDropout};
    const auto blockRun = [ofAll, axis = axis_](std::int64_t firstRow) {
        // Neither the slices nor the transformers of a layer may all drop the same features.
        const auto part = 3 * static_cast<std::uint64_t>(firstRow) + static_cast<std::uint64_t>(axis);
        BlockRun own = ofAll;
        own.attentionDropout = ofAll.attentionDropout.part(part);
        own.feedForwardDropout = ofAll.feedForwardDropout.part(part);
        return own;
    };
    switch (axis_) {
    case Axis::Time:
        function.compute = [this, blockRun](const at::Tensor& u, const auto& weights, SliceCall call) {
            return forwardRows(u, weights, blockRun(call.begin));
        };
        break;
    case Axis::Bands:
        function.rows = batch * frames;
        function.inputRows = function.outputRows = frameRows;
        function.inputRowDimension = 1;
        function.compute = [this, blockRun](const at::Tensor& u, const auto& weights, SliceCall call) {
            return forwardRows(u.transpose(0, 1).contiguous(), weights, blockRun(call.begin)).transpose(0, 1);
        };
        break;
    case Axis::All:
        function.rows = batch;
        function.inputRows = function.outputRows = exampleRows;
        function.inputRowDimension = 1;
        function.compute = [this, blockRun, bands, frames](const at::Tensor& u, const auto& weights,
                                                           SliceCall call) {
            const at::Tensor rows = u.transpose(0, 1).flatten(1, 2);
            return forwardRows(rows, weights, blockRun(call.begin))
                .unflatten(1, {bands, frames})
                .transpose(0, 1);
        };
        break;
    }
    return evaluate(function, tokens, run.slices);
}

} // namespace headroom
