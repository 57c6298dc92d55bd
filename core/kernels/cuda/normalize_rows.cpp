// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/normalize_rows.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/row_launch.h"

#include <ATen/ops/empty.h>

#include <vector>

namespace headroom {

NormalizedRows normalizeRows(const at::Tensor& x, double eps, double leastSquares) {
    checkTokens(x, "rows");
    const RowLaunch launched(x);
    std::vector<std::int64_t> sizes = x.sizes().vec();
    sizes.back() = 1;
    NormalizedRows result{at::empty(x.sizes(), x.options()), at::empty(sizes, x.options().dtype(at::kFloat))};
    reportLaunch(2 * bytesOf(x) + bytesOf(result.scales));
    if (!x.is_meta())
        launch({"normalize_rows", "normalizeRows"}, launched.grid, launched.threads, 0, tokenData(x),
               tokenData(result.rows), floatData(result.scales), tokenCount(x), launched.width,
               launched.rowThreads, static_cast<float>(leastSquares), static_cast<float>(eps));
    return result;
}

at::Tensor normalizeRowsBackward(const NormalizedRows& normalized, const at::Tensor& gradRows) {
    const at::Tensor& r = normalized.rows;
    checkTokens(r, "normalized rows");
    checkTokens(gradRows, "the gradient of normalized rows");
    TORCH_CHECK(gradRows.sizes() == r.sizes(), "the gradient of normalized rows has another shape");
    checkParameters(normalized.scales, tokenCount(r), "scales of rows");
    const RowLaunch launched(r);
    at::Tensor gradX = at::empty(r.sizes(), r.options());
    reportLaunch(3 * bytesOf(r) + bytesOf(normalized.scales));
    if (!r.is_meta())
        launch({"normalize_rows", "normalizeRowsBackward"}, launched.grid, launched.threads, 0, tokenData(r),
               floatData(normalized.scales), tokenData(gradRows), tokenData(gradX), tokenCount(r),
               launched.width, launched.rowThreads);
    return gradX;
}

} // namespace headroom
