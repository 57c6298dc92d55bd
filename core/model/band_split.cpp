// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/band_split.h"

#include "core/model/affine.h"
#include "core/model/cast.h"
#include "core/model/model_shape.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace headroom {
namespace {

/// Reshapes the bins of a group, [batch, channels, frames, bands * width, 2], to
/// [bands, batch, frames, width * channels * 2].
at::Tensor byBand(const at::Tensor& bins, std::int64_t bands) {
    return bins.unflatten(3, {bands, -1}).permute({3, 0, 2, 4, 1, 5}).flatten(3);
}

} // namespace

at::Tensor binsOfGroup(const at::Tensor& spectrogram, const BandGroup& group,
                       const std::vector<std::int64_t>& starts) {
    const auto own = ofGroup(starts, group);
    if (own.back() - own.front() == (group.count - 1) * group.width)
        return spectrogram.narrow(3, own.front(), group.count * group.width);
    std::vector<at::Tensor> bands;
    for (const std::int64_t start : own)
        bands.push_back(spectrogram.narrow(3, start, group.width));
    return at::cat(bands, 3);
}

BandSplit::BandSplit(const ModelShape& shape, const std::string& prefix, Initialization& init)
    : hiddenDim_(shape.hiddenDim), starts_(shape.bandStarts()), groups_(bandGroups(shape.bands)) {
    for (std::size_t band = 0; band < shape.bands.size(); ++band) {
        const auto width = shape.bandFeatures(shape.bands[band]);
        const std::string name = fmt::format("{}to_features.{}.", prefix, band);
        gamma_.push_back(init.constant(name + "0.gamma", {width}, 1));
        weight_.push_back(init.fanIn(name + "1.weight", {shape.hiddenDim, width}, width));
        bias_.push_back(init.fanIn(name + "1.bias", {shape.hiddenDim}, width));
    }
}

at::Tensor BandSplit::forward(const at::Tensor& spectrogram, at::ScalarType activations,
                              std::int64_t slices) const {
    std::vector<at::Tensor> tokens;
    for (const BandGroup& group : groups_) {
        const at::Tensor bins = binsOfGroup(spectrogram, group, starts_);
        tokens.push_back(evaluate(groupFunction(group, bins, activations), bins, slices));
    }
    return at::cat(tokens);
}

bool BandSplit::isTrained() const {
    return anyRequiresGradient(gamma_) || anyRequiresGradient(weight_) || anyRequiresGradient(bias_);
}

SlicedFunction BandSplit::groupFunction(const BandGroup& group, const at::Tensor& bins,
                                        at::ScalarType activations) const {
    const auto gamma = ofGroup(gamma_, group);
    const auto weight = ofGroup(weight_, group);
    const auto bias = ofGroup(bias_, group);
    SlicedFunction function{.rows = bins.size(2),
                            .inputRows = frameRange,
                            .outputRows = frameRange,
                            .outputSizes = {group.count, bins.size(0), bins.size(2), hiddenDim_},
                            .outputType = activations,
                            .weights = {},
                            .compute = {},
                            .parameters = gamma};
    function.parameters.insert(function.parameters.end(), weight.begin(), weight.end());
    function.parameters.insert(function.parameters.end(), bias.begin(), bias.end());
    function.weights = [=]() -> std::vector<at::Tensor> {
        return {cast(at::stack(weight) * at::stack(gamma).unsqueeze(1), activations),
                cast(at::stack(bias), activations)};
    };
    function.compute = [activations, bands = group.count](const at::Tensor& slice, const auto& weights,
                                                          SliceCall) {
        const at::Tensor normalized = cast(unitNormalized(byBand(slice, bands)), activations);
        return affine(normalized, weights[0], weights[1]);
    };
    return function;
}

} // namespace headroom
