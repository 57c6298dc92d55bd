// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/matrix.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

/// Products of float32 matrices of a few dozen rows by LibTorch's block product, which oneDNN compiles for
/// the CPU. LibTorch's other products of float32 matrices call MKL, which uses less than half of the speed of
/// AMD's CPUs; on Intel's the two should be about equal. tests/bench/bench_product compares them.
/// Without AVX2 the block product calls BLAS. One thread each.
namespace headroom {

/// c = left right + (accumulate ? c : 0) in float32. Adds up the sums of short parts, which rounds less than
/// one long sum.
/// @param left [rows, inner], not transposed
/// @param right [inner, columns], not transposed; fastest if contiguous and at most 64 columns wide
/// @param c [rows, columns] with `stride` between rows
void multiplyBlock(Matrix<float> left, Matrix<float> right, float* c, std::int64_t stride, std::int64_t rows,
                   std::int64_t columns, std::int64_t inner, bool accumulate);

/// A right operand of products, the transposed weights of a linear layer, as blocks of its columns.
class ColumnBlocks {
public:
    /// Copies the weights.
    /// @param weights [columns, inner], float32
    /// @param width columns of a block; the last one may have fewer
    explicit ColumnBlocks(const at::Tensor& weights, std::int64_t width = 64);

    std::int64_t columns() const { return columns_; }
    std::int64_t inner() const { return blocks_.size(1); }
    std::int64_t count() const { return blocks_.size(0); }

    /// Multiplies with the columns of one block, see multiplyBlock().
    void multiplyBy(std::int64_t block, Matrix<float> left, float* c, std::int64_t stride, std::int64_t rows,
                    bool accumulate) const;
    /// Multiplies with all columns.
    /// @param c [rows, columns]
    void multiply(Matrix<float> left, float* c, std::int64_t stride, std::int64_t rows,
                  bool accumulate) const;

private:
    std::int64_t columns_;
    at::Tensor blocks_; ///< [count, inner, width]; the last block is filled up with zeros
};

} // namespace headroom
