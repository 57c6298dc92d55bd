// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/normalize_rows.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/row_launch.h"

#include <ATen/ops/empty.h>

#include <vector>

namespace headroom {
namespace {

void checkRows(const at::Tensor& rows, const char* name) {
    checkNumbers(rows, name);
    TORCH_CHECK(rows.size(-1) % 8 == 0, name, " must have a multiple of 8 columns, not ", rows.size(-1));
}

} // namespace

NormalizedRows normalizeRows(const at::Tensor& x, double eps, double leastSquares) {
    checkRows(x, "rows");
    const RowLaunch launched(x);
    std::vector<std::int64_t> sizes = x.sizes().vec();
    sizes.back() = 1;
    NormalizedRows result{at::empty(x.sizes(), x.options()), at::empty(sizes, x.options().dtype(at::kFloat))};
    reportLaunch(2 * bytesOf(x) + bytesOf(result.scales));
    if (!x.is_meta())
        launch(x.device(), kernelFor(x.scalar_type(), "normalize_rows", "normalizeRows"), launched.grid,
               launched.threads, 0, numberData(x), numberData(result.rows), floatData(result.scales),
               tokenCount(x), launched.width, launched.rowThreads, static_cast<float>(leastSquares),
               static_cast<float>(eps));
    return result;
}

at::Tensor normalizeRowsBackward(const NormalizedRows& normalized, const at::Tensor& gradRows) {
    const at::Tensor& r = normalized.rows;
    checkRows(r, "normalized rows");
    checkRows(gradRows, "the gradient of normalized rows");
    TORCH_CHECK(gradRows.sizes() == r.sizes() && gradRows.scalar_type() == r.scalar_type(),
                "the gradient of normalized rows has another shape or type");
    checkParameters(normalized.scales, tokenCount(r), "scales of rows");
    const RowLaunch launched(r);
    at::Tensor gradX = at::empty(r.sizes(), r.options());
    reportLaunch(3 * bytesOf(r) + bytesOf(normalized.scales));
    if (!r.is_meta())
        launch(r.device(), kernelFor(r.scalar_type(), "normalize_rows", "normalizeRowsBackward"),
               launched.grid, launched.threads, 0, numberData(r), floatData(normalized.scales),
               numberData(gradRows), numberData(gradX), tokenCount(r), launched.width, launched.rowThreads);
    return gradX;
}

} // namespace headroom
