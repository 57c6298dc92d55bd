// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/mask_estimator.h"

#include "core/model/affine.h"
#include "core/model/cast.h"
#include "core/model/model_shape.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace headroom {
namespace {

/// Reshapes [bands, batch, frames, width * channels * 2] to [batch, channels, frames, bands * width, 2].
at::Tensor byBin(const at::Tensor& mask, std::int64_t channels) {
    return mask.view({mask.size(0), mask.size(1), mask.size(2), -1, channels, 2})
        .permute({1, 4, 2, 0, 3, 5})
        .flatten(3, 4);
}

} // namespace

MaskEstimator::MaskEstimator(const ModelShape& shape, const std::string& prefix, at::Tensor gain,
                             Initialization& init)
    : channels_(shape.channels), groups_(bandGroups(shape.bands)), gain_(std::move(gain)) {
    const auto hidden = shape.maskHiddenDim();
    for (std::size_t band = 0; band < shape.bands.size(); ++band) {
        const auto outputs = 2 * shape.bandFeatures(shape.bands[band]);
        const std::string name = fmt::format("{}to_freqs.{}.0.", prefix, band);
        hidden_.weight.push_back(init.fanIn(name + "0.weight", {hidden, shape.hiddenDim}, shape.hiddenDim));
        hidden_.bias.push_back(init.fanIn(name + "0.bias", {hidden}, shape.hiddenDim));
        output_.weight.push_back(init.fanIn(name + "2.weight", {outputs, hidden}, hidden));
        output_.bias.push_back(init.fanIn(name + "2.bias", {outputs}, hidden));
    }
}

at::Tensor MaskEstimator::forward(const at::Tensor& tokens, std::int64_t slices) const {
    std::vector<std::int64_t> counts;
    for (const BandGroup& group : groups_)
        counts.push_back(group.count);
    const auto tokensByGroup = at::split_with_sizes(tokens, counts, 0);
    std::vector<at::Tensor> masks;
    for (std::size_t i = 0; i < groups_.size(); ++i)
        masks.push_back(evaluate(groupFunction(groups_[i], tokensByGroup[i]), tokensByGroup[i], slices));
    return at::cat(masks, 3);
}

SlicedFunction MaskEstimator::groupFunction(const BandGroup& group, const at::Tensor& tokens) const {
    const std::vector<std::vector<at::Tensor>> all{
        ofGroup(hidden_.weight, group), ofGroup(hidden_.bias, group), ofGroup(output_.weight, group),
        ofGroup(output_.bias, group)};
    const auto bins = group.count * group.width;
    SlicedFunction function{.rows = tokens.size(2),
                            .inputRows = frameRange,
                            .outputRows = frameRange,
                            .outputSizes = {tokens.size(1), channels_, tokens.size(2), bins, 2},
                            .outputType = gain_.scalar_type(),
                            .weights = {},
                            .compute = {},
                            .parameters = {gain_}};
    for (const auto& byBand : all)
        function.parameters.insert(function.parameters.end(), byBand.begin(), byBand.end());
    function.weights = [all, gain = gain_, dtype = tokens.scalar_type()]() -> std::vector<at::Tensor> {
        return {cast(at::stack(all[0]) * gain, dtype), cast(at::stack(all[1]), dtype),
                cast(at::stack(all[2]), dtype), cast(at::stack(all[3]), dtype)};
    };
    function.compute = [channels = channels_, master = gain_.scalar_type()](const at::Tensor& slice,
                                                                            const auto& weights, Use) {
        const at::Tensor hidden = affine(unitNormalized(slice), weights[0], weights[1]).tanh_();
        const at::Tensor mask = at::glu(affine(hidden, weights[2], weights[3]), -1);
        return byBin(cast(mask, master), channels);
    };
    return function;
}

} // namespace headroom
