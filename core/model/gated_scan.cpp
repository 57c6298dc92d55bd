// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/gated_scan.h"

#include "core/model/operator_scan.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <utility>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

at::Tensor partOf(const at::Tensor& projected, const std::vector<ScanSide>& sides, std::size_t index) {
    const auto width = projected.size(-1) / static_cast<std::int64_t>(sides.size());
    return projected.narrow(-1, static_cast<std::int64_t>(index) * width, width);
}

/// One autograd node for all sides, whose gradients share a tensor.
struct ScanFunction : torch::autograd::Function<ScanFunction> {
    static variable_list forward(AutogradContext* context, const at::Tensor& projected,
                                 at::TensorList parameters, const MixerShape& shape,
                                 const std::vector<ScanSide>& sides, ScanParts parts) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        variable_list saved{projected};
        saved.insert(saved.end(), parameters.begin(), parameters.end());
        context->save_for_backward(saved);
        context->saved_data["scans"] = SavedScans{shape, sides}.metadata();
        context->saved_data["kernels"] = parts == ScanParts::CudaKernels;
        variable_list results;
        for (std::size_t i = 0; i < sides.size(); ++i)
            results.push_back(OperatorScan(partOf(projected, sides, i), shape, sides[i], parts).forward());
        return results;
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor& projected = saved[0];
        const auto [shape, sides] = SavedScans::from(context->saved_data["scans"], saved);

        const bool byKernels = context->saved_data["kernels"].toBool();
        const auto parts = byKernels ? ScanParts::CudaKernels : ScanParts::Operators;
        const at::Tensor gradProjected = at::empty_like(projected);
        variable_list results{gradProjected};
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const at::Tensor gradOut = std::exchange(gradients[i], {}).contiguous();
            const auto found = OperatorScan(partOf(projected, sides, i), shape, sides[i], parts)
                                   .backward(gradOut, partOf(gradProjected, sides, i));
            results.insert(results.end(), found.begin(), found.end());
        }
        results.insert(results.end(), {Variable(), Variable(), Variable()});
        return results;
    }
};

} // namespace

bool hasPartKernels(const MixerShape& shape, at::ScalarType activations) {
    constexpr std::int64_t mostTaps = 4;
    constexpr std::int64_t widest = 8192;
    constexpr std::int64_t numbersPerThread = 8;
    if (activations != at::kFloat && activations != at::kBFloat16)
        return false;
    const auto multiple = static_cast<std::int64_t>(16 / c10::elementSize(activations));
    return shape.dConv <= mostTaps && shape.convDim() % multiple == 0 && shape.innerDim <= widest &&
           shape.innerDim % numbersPerThread == 0;
}

std::vector<at::Tensor> gatedScan(const at::Tensor& projected, const MixerShape& shape,
                                  const std::vector<ScanSide>& sides, ScanParts parts) {
    return ScanFunction::apply(projected.contiguous(), at::TensorList(tensorsOf(sides)), shape, sides, parts);
}

} // namespace headroom
