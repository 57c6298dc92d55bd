// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/adapters.h"

#include "core/model/parameter_prefix.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace headroom {
namespace {

constexpr std::string_view weightEnding = ".weight";
constexpr std::string_view aEnding = ".lora_A";
constexpr std::string_view bEnding = ".lora_B";

std::string withEnding(const std::string& name, std::string_view ending, std::string_view other) {
    return name.substr(0, name.size() - ending.size()).append(other);
}

} // namespace

// The random numbers of A are not those of the weights, so that the rank does not change the initial weights.
Adapters::Adapters(AdapterOptions options, at::Device device, at::ScalarType dtype, std::uint64_t seed)
    : options_(std::move(options)), init_(parameters_, device, dtype, ~seed) {}

AdaptedWeight Adapters::adapt(const std::string& name, const at::Tensor& weight) {
    TORCH_CHECK(name.ends_with(weightEnding), name, " is not the name of a weight");
    if (options_.rank == 0 || hasAnyPrefix(name, options_.frozen))
        return AdaptedWeight(weight);
    const auto out = weight.size(0);
    const auto in = weight.size(1);
    const auto rank = std::min({options_.rank, out, in});
    const at::Tensor a = init_.fanIn(withEnding(name, weightEnding, aEnding), {rank, in}, in);
    const at::Tensor b = init_.constant(withEnding(name, weightEnding, bEnding), {out, rank}, 0);
    return {weight, a, b};
}

TensorMap mergedWeights(TensorMap weights, const TensorMap& adapters) {
    const at::NoGradGuard noGrad;
    for (const auto& [name, a] : adapters) {
        if (!name.ends_with(aEnding))
            continue;
        const at::Tensor& b = adapters.at(withEnding(name, aEnding, bEnding));
        at::Tensor& weight = weights.at(withEnding(name, aEnding, weightEnding));
        weight = AdaptedWeight(weight.cpu(), a.cpu(), b.cpu()).value();
    }
    return weights;
}

} // namespace headroom
