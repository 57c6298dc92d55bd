// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/operator_effect.h"

#include "core/simulate/reduction_scratch.h"
#include "core/simulate/simulated_device.h"

#include <ATen/WrapDimUtilsMulti.h>
#include <ATen/core/Tensor.h>

#include <string>
#include <unordered_map>

namespace headroom {
namespace {

using Arguments = c10::ArrayRef<const c10::IValue>;

/// The matrix product of argument `First` and the next one.
template <std::size_t First>
void product(const SimulatedDevice& device, Arguments arguments, OperatorEffect& effect) {
    const at::Tensor& left = arguments[First].toTensor();
    effect.flops =
        2 * static_cast<double>(left.numel()) * static_cast<double>(arguments[First + 1].toTensor().size(-1));
    effect.bf16 = left.element_size() == 2;
    effect.blas = !device.isCpu();
}

/// cublasLt adds a one-dimensional bias.
void productWithBias(const SimulatedDevice& device, Arguments arguments, OperatorEffect& effect) {
    product<1>(device, arguments, effect);
    effect.blasLt = !device.isCpu() && arguments[0].toTensor().dim() == 1;
}

/// A reduction of argument 0 over the dimensions in argument `Dimensions`; an empty list means all.
template <std::size_t Dimensions>
void reduction(const SimulatedDevice& device, Arguments arguments, OperatorEffect& effect) {
    const at::Tensor& input = arguments[0].toTensor();
    if (device.isCpu() || input.numel() == 0)
        return;
    const auto list =
        arguments[Dimensions].isNone() ? std::vector<std::int64_t>{} : arguments[Dimensions].toIntVector();
    const auto reduced = at::dim_list_to_bitset(
        list.empty() ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(list), input.dim());
    Reduction geometry;
    geometry.elementBytes = static_cast<std::int64_t>(input.element_size());
    geometry.sumBytes = std::max<std::int64_t>(geometry.elementBytes, 4);
    geometry.offset = input.storage_offset();
    std::int64_t resultStride = 1;
    for (std::int64_t i = input.dim(); i-- > 0;) {
        const bool isReduced = reduced[static_cast<std::size_t>(i)];
        geometry.dimensions.push_back({.size = input.size(i),
                                       .stride = input.stride(i),
                                       .resultStride = isReduced ? 0 : resultStride,
                                       .reduced = isReduced});
        resultStride *= isReduced ? 1 : input.size(i);
    }
    effect.scratch = reductionScratch(geometry, device.card());
}

} // namespace

EffectRule effectRule(std::string_view name, std::string_view overload) {
    static const std::unordered_map<std::string, EffectRule> rules = {
        {"aten::mm", product<0>},
        {"aten::bmm", product<0>},
        {"aten::bmm.out", product<0>},
        {"aten::mm.out", product<0>},
        {"aten::baddbmm", product<1>},
        {"aten::baddbmm_", product<1>},
        {"aten::baddbmm.out", product<1>},
        {"aten::addmm", productWithBias},
        {"aten::addmm_", productWithBias},
        {"aten::addmm.out", productWithBias},
        {"aten::sum.dim_IntList", reduction<1>},
        {"aten::sum.IntList_out", reduction<1>},
        {"aten::mean.dim", reduction<1>},
        {"aten::mean.out", reduction<1>},
        {"aten::linalg_vector_norm", reduction<2>},
        {"aten::linalg_vector_norm.out", reduction<2>},
    };
    std::string key(name);
    if (!overload.empty())
        key.append(".").append(overload);
    const auto found = rules.find(key);
    return found == rules.end() ? nullptr : found->second;
}

} // namespace headroom
