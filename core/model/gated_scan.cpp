// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/gated_scan.h"

#include "core/model/operator_scan.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <functional>
#include <utility>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor partOf(const at::Tensor& projected, const std::vector<ScanSide>& sides, std::size_t index) {
    const auto width = projected.size(-1) / static_cast<std::int64_t>(sides.size());
    return projected.narrow(-1, static_cast<std::int64_t>(index) * width, width);
}

at::Tensor flatTokens(const at::Tensor& tokens) {
    return tokens.flatten(0, 1);
}

/// One autograd node for all sides, whose gradients share a tensor.
struct ScanFunction : torch::autograd::Function<ScanFunction> {
    /// @param tensors outProj of each side, then tensorsOf(sides)
    static at::Tensor forward(AutogradContext* context, const at::Tensor& projected, at::TensorList tensors,
                              const MixerShape& shape, const std::vector<ScanSide>& sides, ScanParts parts,
                              Use use) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        variable_list saved{projected};
        saved.insert(saved.end(), tensors.begin(), tensors.end());
        context->save_for_backward(saved);
        context->saved_data["scans"] = SavedScans{shape, sides}.metadata();
        context->saved_data["kernels"] = parts == ScanParts::CudaKernels;
        const auto rows = projected.size(0);
        const auto length = projected.size(1);
        if (use == Use::GradientsOnly)
            return at::empty({rows, length, tensors[0].size(1)}, projected.options());
        at::Tensor sum;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const at::Tensor r =
                flatTokens(OperatorScan(partOf(projected, sides, i), shape, sides[i], parts).forward());
            if (i == 0)
                sum = at::mm(r, tensors[i]);
            else
                sum.addmm_(r, tensors[i]);
        }
        return sum.view({rows, length, -1});
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor& projected = saved[0];
        const auto [shape, sides] = SavedScans::from(context->saved_data["scans"], saved);
        const bool byKernels = context->saved_data["kernels"].toBool();
        const auto parts = byKernels ? ScanParts::CudaKernels : ScanParts::Operators;
        const at::Tensor gradient = flatTokens(gradients[0]);

        const at::Tensor gradProjected = at::empty_like(projected);
        variable_list results{gradProjected};
        variable_list ofScans;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            at::Tensor& gradOutProj = results.emplace_back();
            at::Tensor gradR =
                at::mm(gradient, saved[1 + i].t()).view({projected.size(0), projected.size(1), -1});
            std::function<void(const at::Tensor&)> useOutput;
            if (context->needs_input_grad(1 + i))
                useOutput = [&](const at::Tensor& r) { gradOutProj = at::mm(flatTokens(r).t(), gradient); };
            const auto found = OperatorScan(partOf(projected, sides, i), shape, sides[i], parts)
                                   .backward(std::move(gradR), partOf(gradProjected, sides, i), useOutput);
            ofScans.insert(ofScans.end(), found.begin(), found.end());
        }
        results.insert(results.end(), ofScans.begin(), ofScans.end());
        results.resize(results.size() + 4); // no gradients for `shape`, `sides`, `parts` and `use`
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

at::Tensor sumOfGatedScans(const at::Tensor& projected, const MixerShape& shape,
                           const std::vector<ScanSide>& sides, const std::vector<at::Tensor>& outProj,
                           ScanParts parts, Use use) {
    std::vector<at::Tensor> tensors = outProj;
    const auto ofSides = tensorsOf(sides);
    tensors.insert(tensors.end(), ofSides.begin(), ofSides.end());
    return ScanFunction::apply(projected.contiguous(), at::TensorList(tensors), shape, sides, parts, use);
}

} // namespace headroom
