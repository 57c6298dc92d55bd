// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/aligned_memory.h"
#include "core/kernels/cpu/matrix.h"

#include <c10/util/BFloat16.h>

#include <cstdint>

/// Matrix product with AMX: bfloat16 [m, k] times [k, n], accumulated in float32. BLAS uses AMX too, but
/// packs both matrices in every call: at the sizes of a mixer it reaches 0.2 to 0.6 TFLOP/s, this code 0.7
/// to 1. LibTorch's brgemm (oneDNN) takes packed matrices, too, and could replace this code; the two have not
/// been compared yet. tests/bench/bench_product does that on a CPU with AMX.
namespace headroom {

/// Left or right operand of a product.
enum class Side { Left, Right };

/// A matrix rounded to bfloat16 (to nearest; values below 1e-38 become zero) and stored in AMX tile layout.
/// Requires hasBfloat16Tiles().
class PackedTiles {
public:
    explicit PackedTiles(Side side) : side_(side) {}

    /// Copies the matrix into tiles, replacing the previous one.
    /// @param outer rows of a left operand, columns of a right one
    /// @param inner the dimension that products sum over
    void pack(Matrix<float> matrix, std::int64_t outer, std::int64_t inner);
    void pack(Matrix<c10::BFloat16> matrix, std::int64_t outer, std::int64_t inner);

    std::int64_t outer() const { return outer_; }
    std::int64_t inner() const { return inner_; }
    /// The tiles of the 16 rows or columns that begin at 16 * index.
    const std::uint16_t* strip(std::int64_t index) const;

private:
    void resize(std::int64_t outer, std::int64_t inner);

    Side side_;
    std::int64_t outer_ = 0;
    std::int64_t inner_ = 0;
    AlignedVector<std::uint16_t> tiles_; ///< strip by strip, each [ceil(inner / 32), 16, 32]
};

/// c = left right + (accumulate ? c : 0) in float32.
/// @param c [left.outer(), right.outer()] with `stride` between rows
void multiply(const PackedTiles& left, const PackedTiles& right, float* c, std::int64_t stride,
              bool accumulate);

} // namespace headroom
