#include "core/model/band_split.h"

#include "core/model/model_shape.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace headroom {

BandSplit::BandSplit(const ModelShape& shape, const std::string& prefix, Initialization& init)
    : groups_(bandGroups(shape.bands)), realsPerBin_(shape.bandFeatures(1)) {
    for (std::size_t band = 0; band < shape.bands.size(); ++band) {
        const auto width = shape.bandFeatures(shape.bands[band]);
        const std::string name = fmt::format("{}to_features.{}.", prefix, band);
        gamma_.push_back(init.constant(name + "0.gamma", {width}, 1));
        weight_.push_back(init.fanIn(name + "1.weight", {shape.hiddenDim, width}, width));
        bias_.push_back(init.fanIn(name + "1.bias", {shape.hiddenDim}, width));
    }
}

at::Tensor BandSplit::forward(const at::Tensor& features, at::ScalarType activations) const {
    std::vector<at::Tensor> tokens;
    std::int64_t start = 0;
    for (const BandGroup& group : groups_) {
        const auto width = group.width * realsPerBin_;
        const at::Tensor bins =
            features.narrow(1, start, group.count * width).unflatten(1, {group.count, width});
        start += group.count * width;

        const auto gamma = at::stack(ofGroup(gamma_, group)).unsqueeze(1);
        const auto weight = (at::stack(ofGroup(weight_, group)) * gamma).to(activations);
        const auto bias = at::stack(ofGroup(bias_, group)).unsqueeze(1).to(activations);
        const at::Tensor normalized = unitNormalized(bins).to(activations);
        tokens.push_back(at::baddbmm(bias, normalized.transpose(0, 1), weight.transpose(1, 2)));
    }
    return at::cat(tokens);
}

} // namespace headroom
