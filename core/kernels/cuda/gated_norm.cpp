// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/gated_norm.h"

#include "core/kernels/cpu/gated_norm_token.h"
#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/row_launch.h"

namespace headroom {
namespace {

void check(const at::Tensor& y, const at::Tensor& projected) {
    checkTokens(y, "the result of the scan");
    checkTokens(projected, "projected");
    TORCH_CHECK(tokenCount(y) == tokenCount(projected) && y.size(-1) <= projected.size(-1),
                "the scan's result and projected have different tokens");
}

} // namespace

at::Tensor gatedNormBackward(const at::Tensor& y, const at::Tensor& projected, const at::Tensor& gradR,
                             const at::Tensor& gradProjected) {
    check(y, projected);
    checkTokens(gradR, "the gradient of the norm");
    checkTokens(gradProjected, "the gradient of projected");
    TORCH_CHECK(gradR.numel() == y.numel() && gradProjected.sizes() == projected.sizes(),
                "the gradients of the norm have other shapes than their tensors");
    const RowLaunch rows(y);
    reportLaunch(6 * bytesOf(y));
    if (!y.is_meta())
        launch(y.device(), {"gated_norm", "gatedNormBackward"}, rows.grid, rows.threads, 0, tokenData(y),
               tokenData(projected), projected.size(-1), tokenData(gradR), tokenData(gradProjected),
               tokenCount(y), rows.width, rows.rowThreads, static_cast<float>(gatedNormEps));
    return y;
}

} // namespace headroom
