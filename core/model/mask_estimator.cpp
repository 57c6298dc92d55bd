// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/mask_estimator.h"

#include "core/kernels/cuda/band_mask.h"
#include "core/model/affine.h"
#include "core/model/cast.h"
#include "core/model/cpu_linear.h"
#include "core/model/model_shape.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/custom_function.h>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// Reshapes [bands, batch, frames, width * channels * 2] to [batch, channels, frames, bands * width, 2].
at::Tensor byBin(const at::Tensor& mask, std::int64_t channels) {
    return mask.view({mask.size(0), mask.size(1), mask.size(2), -1, channels, 2})
        .permute({1, 4, 2, 0, 3, 5})
        .flatten(3, 4);
}

struct MaskOnCuda : torch::autograd::Function<MaskOnCuda> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, std::int64_t channels) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        context->save_for_backward({x});
        return bandMaskForward(x, channels);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const at::Tensor& g = gradients[0];
        const bool isDense = g.stride(4) == 1 && g.stride(3) == 2;
        return {bandMaskBackward(context->get_saved_variables()[0], isDense ? g : g.contiguous()),
                Variable()};
    }
};

/// The mask by bin: the first half of each row of x times the sigmoid of the second half.
/// @param x [bands, batch, frames, width * channels * 2 * 2]
/// @return [batch, channels, frames, bands * width, 2]
at::Tensor gatedMask(const at::Tensor& x, std::int64_t channels, at::ScalarType type, ScanForm form) {
    if (form == ScanForm::CudaKernels && type == at::kFloat)
        return MaskOnCuda::apply(x, channels);
    return byBin(cast(at::glu(x, -1), type), channels);
}

} // namespace

MaskEstimator::MaskEstimator(const ModelShape& shape, const std::string& prefix, at::Tensor gain,
                             Initialization& init)
    : channels_(shape.channels), groups_(bandGroups(shape.bands)), gain_(std::move(gain)) {
    layers_.resize(static_cast<std::size_t>(shape.maskLayers));
    for (std::size_t band = 0; band < shape.bands.size(); ++band) {
        const auto outputs = 2 * shape.bandFeatures(shape.bands[band]);
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            const std::string name = fmt::format("{}to_freqs.{}.0.{}.", prefix, band, 2 * i);
            const auto from = i == 0 ? shape.hiddenDim : shape.maskHiddenDim();
            const auto to = i + 1 == layers_.size() ? outputs : shape.maskHiddenDim();
            layers_[i].weight.push_back(init.linear(name + "weight", {to, from}, from));
            layers_[i].bias.push_back(init.fanIn(name + "bias", {to}, from));
        }
    }
}

at::Tensor MaskEstimator::forward(const at::Tensor& tokens, std::int64_t slices, ScanForm form) const {
    if (infersOnCpu(tokens, form))
        return inferOnCpu(tokens);
    std::vector<std::int64_t> counts;
    for (const BandGroup& group : groups_)
        counts.push_back(group.count);
    const auto tokensByGroup = at::split_with_sizes(tokens, counts, 0);
    std::vector<at::Tensor> masks;
    for (std::size_t i = 0; i < groups_.size(); ++i)
        masks.push_back(
            evaluate(groupFunction(groups_[i], tokensByGroup[i], form), tokensByGroup[i], slices));
    return at::cat(masks, 3);
}

/// Band by band, so that only the weights of one are copied at a time.
at::Tensor MaskEstimator::inferOnCpu(const at::Tensor& tokens) const {
    std::int64_t bins = 0;
    for (const BandGroup& group : groups_)
        bins += group.count * group.width;
    const at::Tensor result =
        at::empty({tokens.size(1), channels_, tokens.size(2), bins, 2}, tokens.options());
    std::size_t band = 0;
    std::int64_t bin = 0;
    for (const BandGroup& group : groups_) {
        for (std::int64_t i = 0; i < group.count; ++i, ++band, bin += group.width) {
            const at::Tensor mask = inferBand(band, tokens.narrow(0, static_cast<std::int64_t>(band), 1));
            result.narrow(3, bin, group.width).copy_(byBin(mask, channels_));
        }
    }
    return result;
}

/// The mask of one band, [1, batch, frames, width * channels * 2].
at::Tensor MaskEstimator::inferBand(std::size_t band, const at::Tensor& tokens) const {
    at::Tensor x = gain_.defined() ? unitNormalized(tokens) : tokens;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const at::Tensor weight = layers_[i].weight[band].value();
        if (i > 0)
            x.tanh_();
        x = linearOnCpu(x, ColumnBlocks(i == 0 && gain_.defined() ? weight * gain_ : weight),
                        layers_[i].bias[band]);
    }
    return at::glu(x, -1);
}

bool MaskEstimator::isTrained() const {
    std::vector<at::Tensor> all;
    if (gain_.defined())
        all.push_back(gain_);
    for (const Linear& layer : layers_) {
        for (const AdaptedWeight& weight : layer.weight)
            weight.addParametersTo(all);
        all.insert(all.end(), layer.bias.begin(), layer.bias.end());
    }
    return anyRequiresGradient(all);
}

SlicedFunction MaskEstimator::groupFunction(const BandGroup& group, const at::Tensor& tokens,
                                            ScanForm form) const {
    std::vector<Linear> layers; // of these bands
    for (const Linear& layer : layers_)
        layers.push_back({ofGroup(layer.weight, group), ofGroup(layer.bias, group)});
    const at::ScalarType master = layers.front().bias.front().scalar_type();
    const auto bins = group.count * group.width;
    SlicedFunction function{.rows = tokens.size(2),
                            .inputRows = frameRange,
                            .outputRows = frameRange,
                            .outputSizes = {tokens.size(1), channels_, tokens.size(2), bins, 2},
                            .outputType = master,
                            .weights = {},
                            .compute = {},
                            .parameters = {}};
    if (gain_.defined())
        function.parameters.push_back(gain_);
    for (const Linear& layer : layers) {
        for (const AdaptedWeight& weight : layer.weight)
            weight.addParametersTo(function.parameters);
        function.parameters.insert(function.parameters.end(), layer.bias.begin(), layer.bias.end());
    }
    function.weights = [layers, gain = gain_, dtype = tokens.scalar_type()]() -> std::vector<at::Tensor> {
        std::vector<at::Tensor> weights;
        std::vector<at::Tensor> temporaries; // freed at the end, last one first, so that weights are adjacent
        for (const Linear& layer : layers) {
            temporaries.push_back(AdaptedWeight::stack(layer.weight));
            if (weights.empty() && gain.defined())
                temporaries.push_back(temporaries.back() * gain);
            weights.push_back(cast(temporaries.back(), dtype));
            temporaries.push_back(at::stack(layer.bias));
            weights.push_back(cast(temporaries.back(), dtype));
        }
        while (!temporaries.empty())
            temporaries.pop_back();
        return weights;
    };
    function.compute = [channels = channels_, normalizes = gain_.defined(), master,
                        form](const at::Tensor& slice, const auto& weights, SliceCall) {
        at::Tensor x = normalizes ? unitNormalized(slice, form) : slice;
        for (std::size_t i = 0; i + 2 < weights.size(); i += 2)
            x = affine(x, weights[i], weights[i + 1]).tanh_();
        return gatedMask(affine(x, weights.end()[-2], weights.back()), channels, master, form);
    };
    return function;
}

} // namespace headroom
