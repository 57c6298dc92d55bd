// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/gated_norm.h"

#include "core/kernels/cpu/gated_norm_token.h"
#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/row_launch.h"

#include <ATen/ops/empty.h>

namespace headroom {
namespace {

/// y and the tokens with its gate.
struct GatedTokens {
    RowLaunch launched;
    std::int64_t yRow;
    std::int64_t stride;
    std::int64_t tokens;
    int length;

    GatedTokens(const at::Tensor& y, const at::Tensor& projected)
        : launched(y), yRow(rowStride(y, "the result of the scan")),
          stride(tokenStride(projected, "projected")), tokens(tokenCount(y)),
          length(static_cast<int>(y.size(1))) {
        checkViewedTokens(y, y.scalar_type(), "the result of the scan");
        checkViewedTokens(projected, y.scalar_type(), "projected");
        TORCH_CHECK(y.size(0) == projected.size(0) && y.size(1) == projected.size(1) &&
                        y.size(2) <= projected.size(2),
                    "the scan's result and projected have different tokens");
        TORCH_CHECK(y.size(2) % 8 == 0, "tokens of the scan must have a multiple of 8 numbers, not ",
                    y.size(2));
    }
};

} // namespace

at::Tensor gatedNormForward(const at::Tensor& y, const at::Tensor& projected) {
    const GatedTokens all(y, projected);
    at::Tensor r = at::empty(y.sizes(), y.options());
    reportLaunch(3 * bytesOf(y));
    if (!y.is_meta())
        launch(y.device(), kernelFor(y.scalar_type(), "gated_norm", "gatedNormForward"), all.launched.grid,
               all.launched.threads, 0, numberData(y), all.yRow, numberData(projected), all.stride,
               numberData(r), all.tokens, all.length, all.launched.width, all.launched.rowThreads,
               static_cast<float>(gatedNormEps));
    return r;
}

void gatedNormBackward(const at::Tensor& y, const at::Tensor& projected, const at::Tensor& gradR,
                       const at::Tensor& r, const at::Tensor& gradY, const at::Tensor& gradProjected) {
    const GatedTokens all(y, projected);
    checkNumbers(gradR, "the gradient of the norm");
    checkViewedTokens(gradProjected, y.scalar_type(), "the gradient of projected");
    TORCH_CHECK(
        gradR.numel() == y.numel() && gradR.scalar_type() == y.scalar_type() && gradY.numel() == y.numel() &&
            gradY.scalar_type() == y.scalar_type() && gradY.is_contiguous() == y.is_contiguous() &&
            (y.is_contiguous() || rowStride(gradY, "the gradient of the scan's result") == all.yRow) &&
            gradProjected.sizes() == projected.sizes() &&
            tokenStride(gradProjected, "the gradient of projected") == all.stride,
        "the gradients of the norm have other shapes than their tensors");
    if (r.defined()) {
        checkNumbers(r, "the result of the norm");
        TORCH_CHECK(r.sizes() == y.sizes() && r.scalar_type() == y.scalar_type(),
                    "the result of the norm has another shape than that of the scan");
    }
    reportLaunch((r.defined() ? 6 : 5) * bytesOf(y));
    if (!y.is_meta())
        launch(y.device(), kernelFor(y.scalar_type(), "gated_norm", "gatedNormBackward"), all.launched.grid,
               all.launched.threads, 0, numberData(y), all.yRow, numberData(projected), all.stride,
               numberData(gradR), r.defined() ? numberData(r) : nullptr, numberData(gradY),
               numberData(gradProjected), all.tokens, all.length, all.launched.width, all.launched.rowThreads,
               static_cast<float>(gatedNormEps));
}

} // namespace headroom
