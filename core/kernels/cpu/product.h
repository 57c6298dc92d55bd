// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/bfloat16_tiles.h"
#include "core/kernels/cpu/packed_matrix.h"

#include <c10/util/BFloat16.h>

#include <cstdint>
#include <type_traits>

/// Matrix product on the CPU, [m, k] times [k, n], by AMX tiles or by the BLAS in LibTorch. BLAS is called
/// directly because for a few dozen rows a tensor operator costs more than the product. Inside a parallel
/// region it uses one thread.
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

/// An operand of products that accumulate in S, float or double: either a view of the matrix given to pack(),
/// which must outlive the products, or a copy in bfloat16 tiles.
template <class S>
class PackedMatrix {
public:
    /// @param tiled whether pack() copies to tiles; requires float and hasBfloat16Tiles()
    PackedMatrix(Side side, bool tiled) : tiled_(tiled), tiles_(side) {}

    /// @param outer rows of a left operand, columns of a right one
    /// @param inner the dimension that products sum over
    void pack(Matrix<S> matrix, std::int64_t outer, std::int64_t inner) {
        if constexpr (std::is_same_v<S, float>) {
            if (tiled_) {
                tiles_.pack(matrix, outer, inner);
                return;
            }
        }
        matrix_ = matrix;
        outer_ = outer;
        inner_ = inner;
    }

    /// As above. Without tiles, keeps a float32 copy.
    /// @param matrix contiguous
    void pack(Matrix<c10::BFloat16> matrix, std::int64_t outer,
              std::int64_t inner) requires std::is_same_v<S, float> {
        if (tiled_) {
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
            if (left.tiled_) {
                multiply(left.tiles_, right.tiles_, c, stride, accumulate);
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
    bool tiled_;
    Matrix<S> matrix_{};
    std::int64_t outer_ = 0;
    std::int64_t inner_ = 0;
    AlignedVector<float> widened_;
    PackedTiles tiles_;
};

/// Products whose operands are used once.
template <class S>
class Product {
public:
    explicit Product(bool tiled) : left_(Side::Left, tiled), right_(Side::Right, tiled) {}

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
