// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/bfloat16_tiles.h"
#include "core/kernels/cpu/column_blocks.h"
#include "core/kernels/cpu/packed_matrix.h"
#include "core/support/rounding.h"

#include <c10/util/BFloat16.h>

#include <algorithm>
#include <cstdint>
#include <type_traits>

/// Matrix product on the CPU, [m, k] times [k, n], by AMX tiles, by LibTorch's block product or by the BLAS
/// in LibTorch. These are called directly because for a few dozen rows a tensor operator costs more than the
/// product. Inside a parallel region BLAS uses one thread.
extern "C" {
// NOLINTBEGIN(readability-identifier-naming): Fortran's names
void sgemm_(const char* transA, const char* transB, const int* m, const int* n, const int* k,
            const float* alpha, const float* a, const int* lda, const float* b, const int* ldb,
            const float* beta, float* c, const int* ldc);
void dgemm_(const char* transA, const char* transB, const int* m, const int* n, const int* k,
            const double* alpha, const double* a, const int* lda, const double* b, const int* ldb,
            const double* beta, double* c, const int* ldc);
// NOLINTEND(readability-identifier-naming)
}

namespace headroom {

/// What computes products.
enum class ProductForm {
    Blas,   ///< in float or double
    Blocks, ///< multiplyBlock(), in float only
    Tiles,  ///< AMX, in float only: rounds the operands to bfloat16. Requires hasBfloat16Tiles()
};

/// An operand of products that accumulate in S, float or double: either a view of the matrix given to pack(),
/// which must outlive the products, or a copy in the layout of the products.
template <class S>
class PackedMatrix {
public:
    PackedMatrix(Side side, ProductForm form) : side_(side), form_(form), tiles_(side) {}

    /// @param outer rows of a left operand, columns of a right one
    /// @param inner the dimension that products sum over
    void pack(Matrix<S> matrix, std::int64_t outer, std::int64_t inner) {
        matrix_ = matrix;
        outer_ = outer;
        inner_ = inner;
        if constexpr (std::is_same_v<S, float>) {
            if (form_ == ProductForm::Tiles)
                tiles_.pack(matrix, outer, inner);
            else if (form_ == ProductForm::Blocks)
                packBlocks();
        }
    }

    /// As above. Without tiles, keeps a float32 copy.
    /// @param matrix contiguous
    void pack(Matrix<c10::BFloat16> matrix, std::int64_t outer,
              std::int64_t inner) requires std::is_same_v<S, float> {
        if (form_ == ProductForm::Tiles) {
            tiles_.pack(matrix, outer, inner);
            return;
        }
        widened_.resize(static_cast<std::size_t>(outer * inner));
        convert(matrix.data, outer * inner, widened_.data());
        pack(Matrix<float>{widened_.data(), matrix.stride, matrix.isTransposed}, outer, inner);
    }

    /// c = left right + (accumulate ? c : 0).
    /// @param c [rows of left, columns of right] with `stride` between rows
    friend void multiply(const PackedMatrix& left, const PackedMatrix& right, S* c, std::int64_t stride,
                         bool accumulate) {
        if constexpr (std::is_same_v<S, float>) {
            if (left.form_ == ProductForm::Tiles) {
                multiply(left.tiles_, right.tiles_, c, stride, accumulate);
                return;
            }
            if (left.form_ == ProductForm::Blocks) {
                right.multiplyBlocks(left, c, stride, accumulate);
                return;
            }
        }
        const int rows = static_cast<int>(left.outer_);
        const int columns = static_cast<int>(right.outer_);
        const int inner = static_cast<int>(left.inner_);
        const int strideLeft = static_cast<int>(left.matrix_.stride);
        const int strideRight = static_cast<int>(right.matrix_.stride);
        const int strideC = static_cast<int>(stride);
        const S alpha = 1;
        const S beta = accumulate ? 1 : 0;
        // BLAS is column-major: it computes the transpose, right' left'.
        const char* transLeft = left.matrix_.isTransposed ? "T" : "N";
        const char* transRight = right.matrix_.isTransposed ? "T" : "N";
        if constexpr (std::is_same_v<S, float>) {
            sgemm_(transRight, transLeft, &columns, &rows, &inner, &alpha, right.matrix_.data, &strideRight,
                   left.matrix_.data, &strideLeft, &beta, c, &strideC);
        } else {
            dgemm_(transRight, transLeft, &columns, &rows, &inner, &alpha, right.matrix_.data, &strideRight,
                   left.matrix_.data, &strideLeft, &beta, c, &strideC);
        }
    }

private:
    static constexpr std::int64_t columnsOfBlock = 64;

    /// Copies a matrix that multiplyBlock() would not take, or more slowly: a transposed left one, and a
    /// right one that is transposed or consists of several blocks of columns.
    void packBlocks() {
        const bool isLeft = side_ == Side::Left;
        if (!matrix_.isTransposed && (isLeft || outer_ <= columnsOfBlock))
            return;
        const std::int64_t width = isLeft ? inner_ : columnsOfBlock;
        const std::int64_t count = isLeft ? 1 : divideUp(outer_, width);
        blocks_.resize(static_cast<std::size_t>(isLeft ? outer_ * inner_ : count * inner_ * width));
        const std::int64_t rows = isLeft ? outer_ : inner_;
        const std::int64_t columns = isLeft ? inner_ : outer_;
        const std::int64_t rowStep = matrix_.isTransposed ? 1 : matrix_.stride;
        const std::int64_t columnStep = matrix_.isTransposed ? matrix_.stride : 1;
        float* to = blocks_.data();
        for (std::int64_t first = 0; first < columns; first += width)
            for (std::int64_t row = 0; row < rows; ++row, to += width)
                for (std::int64_t i = 0; i < std::min(width, columns - first); ++i)
                    to[i] = matrix_.data[row * rowStep + (first + i) * columnStep];
        matrix_ = {blocks_.data(), width};
    }

    /// c = left this + (accumulate ? c : 0).
    void multiplyBlocks(const PackedMatrix& left, float* c, std::int64_t stride, bool accumulate) const {
        const float* block = matrix_.data;
        for (std::int64_t first = 0; first < outer_;
             first += columnsOfBlock, block += inner_ * matrix_.stride)
            multiplyBlock(left.matrix_, {block, matrix_.stride}, c + first, stride, left.outer_,
                          std::min(columnsOfBlock, outer_ - first), inner_, accumulate);
    }

    Side side_;
    ProductForm form_;
    Matrix<S> matrix_{};
    std::int64_t outer_ = 0;
    std::int64_t inner_ = 0;
    AlignedVector<float> widened_;
    AlignedVector<float> blocks_; ///< a copy: plain of a left matrix, [blocks, inner, columns] of a right one
    PackedTiles tiles_;
};

/// Products whose operands are used once.
template <class S>
class Product {
public:
    explicit Product(ProductForm form) : left_(Side::Left, form), right_(Side::Right, form) {}

    /// c = a b + (accumulate ? c : 0), a [m, k], b [k, n], c [m, n] with `stride` between rows.
    void operator()(Matrix<S> a, Matrix<S> b, S* c, std::int64_t stride, std::int64_t m, std::int64_t n,
                    std::int64_t k, bool accumulate) {
        left_.pack(a, m, k);
        right_.pack(b, n, k);
        multiply(left_, right_, c, stride, accumulate);
    }

private:
    PackedMatrix<S> left_;
    PackedMatrix<S> right_;
};

} // namespace headroom
