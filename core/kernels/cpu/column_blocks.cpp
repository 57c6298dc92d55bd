// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/column_blocks.h"

#include "core/support/rounding.h"

#include <ATen/ATen.h>
#include <ATen/native/CPUBlas.h>

#include <algorithm>

namespace headroom {
namespace {

/// Products that are added up in a register before they are added to the sum in memory. The rounding errors
/// of a sum grow with the square root of this number; MKL has 192. Fewer take longer, 64 about 2 %.
constexpr std::int64_t productsOfPart = 64;

} // namespace

void multiplyBlock(Matrix<float> left, Matrix<float> right, float* c, std::int64_t stride, std::int64_t rows,
                   std::int64_t columns, std::int64_t inner, bool accumulate) {
    for (std::int64_t first = 0; first < inner; first += productsOfPart)
        at::native::cpublas::brgemm(rows, columns, std::min(productsOfPart, inner - first), left.stride,
                                    right.stride, stride, accumulate || first > 0, left.data + first,
                                    right.data + first * right.stride, c);
}

ColumnBlocks::ColumnBlocks(const at::Tensor& weights, std::int64_t width) : columns_(weights.size(0)) {
    TORCH_CHECK(weights.dim() == 2 && weights.scalar_type() == at::kFloat, "expected a float32 matrix, not ",
                weights.scalar_type(), weights.sizes());
    const std::int64_t count = divideUp(columns_, width);
    blocks_ = at::constant_pad_nd(weights, {0, 0, 0, count * width - columns_})
                  .view({count, width, weights.size(1)})
                  .transpose(1, 2)
                  .contiguous();
}

void ColumnBlocks::multiplyBy(std::int64_t block, Matrix<float> left, float* c, std::int64_t stride,
                              std::int64_t rows, bool accumulate) const {
    const std::int64_t width = blocks_.size(2);
    const float* right = blocks_.const_data_ptr<float>() + block * inner() * width;
    multiplyBlock(left, {right, width}, c, stride, rows, std::min(width, columns_ - block * width), inner(),
                  accumulate);
}

void ColumnBlocks::multiply(Matrix<float> left, float* c, std::int64_t stride, std::int64_t rows,
                            bool accumulate) const {
    for (std::int64_t block = 0; block < count(); ++block)
        multiplyBy(block, left, c + block * blocks_.size(2), stride, rows, accumulate);
}

} // namespace headroom
