#include "core/model/mask_estimator.h"

#include "core/model/model_shape.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace headroom {
namespace {

/// One linear layer per entry of the first dimension: inputs [n, tokens, in] to [n, tokens, out].
at::Tensor batchedLinear(const at::Tensor& inputs, const std::vector<at::Tensor>& weight,
                         const std::vector<at::Tensor>& bias) {
    const auto dtype = inputs.scalar_type();
    return at::baddbmm(at::stack(bias).unsqueeze(1).to(dtype), inputs,
                       at::stack(weight).to(dtype).transpose(1, 2));
}

} // namespace

MaskEstimator::MaskEstimator(const ModelShape& shape, const std::string& prefix, Initialization& init)
    : groups_(bandGroups(shape.bands)) {
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

at::Tensor MaskEstimator::forward(const at::Tensor& tokens) const {
    const at::Tensor hidden = at::tanh(batchedLinear(tokens, hidden_.weight, hidden_.bias));
    std::vector<std::int64_t> counts;
    for (const BandGroup& group : groups_)
        counts.push_back(group.count);
    const auto hiddenByGroup = at::split_with_sizes(hidden, counts, 0);

    std::vector<at::Tensor> masks;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        const at::Tensor halves = batchedLinear(hiddenByGroup[i], ofGroup(output_.weight, groups_[i]),
                                                ofGroup(output_.bias, groups_[i]));
        masks.push_back(at::glu(halves, -1).transpose(0, 1).flatten(1));
    }
    return at::cat(masks, 1);
}

} // namespace headroom
