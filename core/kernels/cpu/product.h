#pragma once

#include "core/kernels/cpu/bfloat16_tiles.h"
#include "core/kernels/cpu/packed_matrix.h"

#include <c10/util/BFloat16.h>

#include <cstdint>
#include <type_traits>

/// The BLAS that LibTorch carries, called directly for products of a few dozen rows, where a tensor operator
/// costs more than its product. Within a parallel region it uses one thread.
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

/// A factor of products that add up in S, float or double: the matrix that it took, which must outlive them,
/// or a copy in tiles of bfloat16.
template <class S>
class PackedMatrix {
public:
    /// @param tiled only for float, and only where hasBfloat16Tiles()
    PackedMatrix(Side side, bool tiled) : tiled_(tiled), tiles_(side) {}

    /// @param outer rows of a left factor, columns of a right one
    /// @param inner what products add up over
    void take(Matrix<S> matrix, std::int64_t outer, std::int64_t inner) {
        if constexpr (std::is_same_v<S, float>) {
            if (tiled_) {
                tiles_.take(matrix, outer, inner);
                return;
            }
        }
        matrix_ = matrix;
        outer_ = outer;
        inner_ = inner;
    }

    /// The matrix in memory without gaps.
    void take(Matrix<c10::BFloat16> matrix, std::int64_t outer,
              std::int64_t inner) requires std::is_same_v<S, float> {
        if (tiled_) {
            tiles_.take(matrix, outer, inner);
            return;
        }
        widened_.resize(static_cast<std::size_t>(outer * inner));
        convert(matrix.data, outer * inner, widened_.data());
        take(Matrix<float>{widened_.data(), matrix.stride, matrix.isTransposed}, outer, inner);
    }

    /// c = left right + (accumulate ? c : 0), c [left's rows, right's columns] with `stride` between rows.
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

/// Products of factors that are used once.
template <class S>
class Product {
public:
    explicit Product(bool tiled) : left_(Side::Left, tiled), right_(Side::Right, tiled) {}

    /// c = a b + (accumulate ? c : 0), a [m, k], b [k, n], c [m, n] with `stride` between rows.
    void operator()(Matrix<S> a, Matrix<S> b, S* c, std::int64_t stride, std::int64_t m, std::int64_t n,
                    std::int64_t k, bool accumulate) {
        left_.take(a, m, k);
        right_.take(b, n, k);
        multiply(left_, right_, c, stride, accumulate);
    }

private:
    PackedMatrix<S> left_;
    PackedMatrix<S> right_;
};

} // namespace headroom
