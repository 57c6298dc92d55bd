// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/cpu_linear.h"

#include "core/kernels/kernel_cost.h"
#include "core/support/rounding.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>

namespace headroom {
namespace {

constexpr std::int64_t mostRowsOfPart = 128;

/// Rows of a part, so that all threads get about the same number.
std::int64_t rowsOfPart(std::int64_t rows) {
    const std::int64_t threads = at::get_num_threads();
    const std::int64_t parts = roundUp(divideUp(rows, mostRowsOfPart), threads);
    return std::max<std::int64_t>(1, divideUp(rows, parts));
}

} // namespace

at::Tensor linearOnCpu(const at::Tensor& x, const ColumnBlocks& weights, const at::Tensor& bias) {
    const at::Tensor from = x.contiguous();
    const std::int64_t columns = weights.columns();
    auto sizes = x.sizes().vec();
    sizes.back() = columns;
    at::Tensor result = at::empty(sizes, x.options());
    result.copy_(bias);
    const std::int64_t rows = x.numel() / std::max<std::int64_t>(1, weights.inner());
    if (result.is_meta()) {
        const auto size = static_cast<double>(weights.inner() * columns);
        reportKernelCost({.flops = 2 * static_cast<double>(rows) * size,
                          .bytes = static_cast<double>(from.nbytes() + result.nbytes()) + 4 * size});
        return result;
    }
    const Matrix<float> left{from.const_data_ptr<float>(), weights.inner()};
    float* sums = result.mutable_data_ptr<float>();
    const std::int64_t perPart = rowsOfPart(rows);
    at::parallel_for(0, divideUp(rows, perPart), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t first = begin * perPart; first < std::min(rows, end * perPart); first += perPart)
            weights.multiply({left.data + first * left.stride, left.stride}, sums + first * columns, columns,
                             std::min(perPart, rows - first), true);
    });
    return result;
}

} // namespace headroom
