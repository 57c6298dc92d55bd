// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/adapted_weight.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headroom {

at::Tensor AdaptedWeight::value() const {
    if (!a_.defined())
        return weight_;
    if (weight_.dim() == 2)
        return at::addmm(weight_, b_, a_);
    return at::addmm(weight_.squeeze(-1), b_, a_).unsqueeze(-1);
}

at::Tensor AdaptedWeight::stack(const std::vector<AdaptedWeight>& weights) {
    const auto hasAdapter = [](const AdaptedWeight& weight) { return weight.a_.defined(); };
    std::vector<at::Tensor> matrices;
    if (!std::ranges::all_of(weights, hasAdapter)) {
        for (const AdaptedWeight& weight : weights)
            matrices.push_back(weight.value());
        return at::stack(matrices);
    }
    std::vector<at::Tensor> as;
    std::vector<at::Tensor> bs;
    for (const AdaptedWeight& weight : weights) {
        matrices.push_back(weight.weight_);
        as.push_back(weight.a_);
        bs.push_back(weight.b_);
    }
    return at::baddbmm(at::stack(matrices), at::stack(bs), at::stack(as));
}

void AdaptedWeight::addParametersTo(std::vector<at::Tensor>& parameters) const {
    parameters.push_back(weight_);
    if (a_.defined())
        parameters.insert(parameters.end(), {a_, b_});
}

} // namespace headroom
