// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/roformer_layer.h"

#include "core/model/model_shape.h"
#include "core/model/position_names.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace headroom {

PolarBiases makePolarBiases(const ModelShape& shape, const std::string& prefix, Initialization& init) {
    const int time = shape.linearDepth > 0 ? 1 : 0;
    const auto make = [&](int part) {
        return init.constant(fmt::format("{}{}.layers.0.0.{}", prefix, part, biasName),
                             {shape.attentionHeads, shape.headWidth}, 0);
    };
    PolarBiases biases;
    biases.time = make(time);
    biases.bands = make(time + 1);
    return biases;
}

RoformerLayer::RoformerLayer(const ModelShape& shape, const std::string& prefix, const PolarBiases& biases,
                             Initialization& init) {
    using Axis = Transformer::Axis;
    int part = 0;
    const auto next = [&] { return fmt::format("{}{}.", prefix, part++); };
    if (shape.linearDepth > 0)
        linear_.emplace(shape, Axis::All, next(), at::Tensor(), init);
    time_.emplace(shape, Axis::Time, next(), biases.time, init);
    bands_.emplace(shape, Axis::Bands, next(), biases.bands, init);
}

std::vector<at::Tensor> RoformerLayer::parameters() const {
    std::vector<at::Tensor> all;
    for (const auto* part : {&linear_, &time_, &bands_}) {
        if (!part->has_value())
            continue;
        const std::vector<at::Tensor> own = (*part)->parameters();
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

at::Tensor RoformerLayer::forward(const at::Tensor& tokens, const LayerRun& run) const {
    at::Tensor x = linear_ ? linear_->forward(tokens, run) : tokens;
    if (run.skip.defined())
        x = x + run.skip;
    return bands_->forward(time_->forward(x, run), run);
}

} // namespace headroom
