// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/row_norm.h"

#include "core/kernels/cuda/normalize_rows.h"
#include "core/model/cast.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

at::Tensor wide(const at::Tensor& x) {
    return x.scalar_type() == at::kDouble ? x : cast(x, at::kFloat);
}

/// r = scale(x) x. Keeps r and the scales for the backward pass, not x, because the following layer keeps r
/// anyway. Both scales are inversely proportional to the norm of the row, so both have the gradient
/// scale (g - r mean(g r)).
struct Normalize : torch::autograd::Function<Normalize> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& scale) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        at::Tensor r = cast(wide(x) * scale, x.scalar_type());
        context->save_for_backward({r, scale});
        return r;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor r = wide(saved[0]);
        const at::Tensor g = wide(gradients[0]);
        const at::Tensor along = (g * r).mean(-1, /*keepdim=*/true);
        const at::Tensor gradient = at::addcmul(g, r, along, -1).mul_(saved[1]);
        return {cast(gradient, saved[0].scalar_type()), Variable()};
    }
};

struct NormalizeOnCuda : torch::autograd::Function<NormalizeOnCuda> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, double eps,
                              double leastSquares) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const NormalizedRows normalized = normalizeRows(x, eps, leastSquares);
        context->save_for_backward({normalized.rows, normalized.scales});
        return normalized.rows;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        return {normalizeRowsBackward({saved[0], saved[1]}, gradients[0].contiguous()), Variable(),
                Variable()};
    }
};

bool usesCudaKernel(const at::Tensor& x, ScanForm form) {
    constexpr std::int64_t multiple = 8;
    constexpr std::int64_t longest = 8192;
    return form == ScanForm::CudaKernels &&
           (x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kFloat) &&
           x.size(-1) % multiple == 0 && x.size(-1) <= longest;
}

} // namespace

at::Tensor rmsNormalized(const at::Tensor& x, double eps, ScanForm form) {
    if (usesCudaKernel(x, form))
        return NormalizeOnCuda::apply(x.contiguous(), eps, /*leastSquares=*/0.0);
    const at::Tensor detached = wide(x.detach());
    return Normalize::apply(x, detached.square().mean(-1, /*keepdim=*/true).add_(eps).rsqrt_());
}

at::Tensor unitNormalized(const at::Tensor& x, ScanForm form) {
    constexpr double least = 1e-12;
    if (usesCudaKernel(x, form))
        return NormalizeOnCuda::apply(x.contiguous(), /*eps=*/0.0, least * least);
    const at::Tensor size = at::linalg_vector_norm(wide(x.detach()), 2, -1, /*keepdim=*/true);
    const double target = std::sqrt(static_cast<double>(x.size(-1)));
    return Normalize::apply(x, size.clamp_min_(least).reciprocal_().mul_(target));
}

} // namespace headroom
