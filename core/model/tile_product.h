#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>
#include <type_traits>

/// The BLAS that LibTorch carries, called directly for products of a few dozen rows, where a tensor operator
/// costs more than its product. Within a parallel region it uses one thread.
extern "C" {
void sgemm_(const char* transA, const char* transB, const int* m, const int* n, const int* k,
            const float* alpha, const float* a, const int* lda, const float* b, const int* ldb,
            const float* beta, float* c, const int* ldc);
void dgemm_(const char* transA, const char* transB, const int* m, const int* n, const int* k,
            const double* alpha, const double* a, const int* lda, const double* b, const int* ldb,
            const double* beta, double* c, const int* ldc);
void gemm_bf16bf16f32_(const char* transA, const char* transB, const int* m, const int* n, const int* k,
                       const float* alpha, const c10::BFloat16* a, const int* lda, const c10::BFloat16* b,
                       const int* ldb, const float* beta, float* c, const int* ldc);
}

namespace headroom {

/// A row-major matrix in memory, or (transposed) the transpose of one.
template <class S>
struct Matrix {
    const S* data;
    std::int64_t stride; ///< between rows, as stored
    bool isTransposed = false;

    Matrix transposed() const { return {data, stride, !isTransposed}; }
};

/// c = a b + (accumulate ? c : 0), a [m, k], b [k, n], c [m, n] with `stride` between rows. P is S, or
/// bfloat16 where S is float.
template <class P, class S>
void tileProduct(Matrix<P> a, Matrix<P> b, S* c, std::int64_t stride, std::int64_t m, std::int64_t n,
                 std::int64_t k, bool accumulate) {
    const int rows = static_cast<int>(m);
    const int columns = static_cast<int>(n);
    const int inner = static_cast<int>(k);
    const int strideA = static_cast<int>(a.stride);
    const int strideB = static_cast<int>(b.stride);
    const int strideC = static_cast<int>(stride);
    const S alpha = 1;
    const S beta = accumulate ? 1 : 0;
    // BLAS is column-major: it computes the transpose, b' a'.
    const char* transA = a.isTransposed ? "T" : "N";
    const char* transB = b.isTransposed ? "T" : "N";
    if constexpr (std::is_same_v<P, c10::BFloat16>) {
        gemm_bf16bf16f32_(transB, transA, &columns, &rows, &inner, &alpha, b.data, &strideB, a.data, &strideA,
                          &beta, c, &strideC);
    } else if constexpr (std::is_same_v<P, float>) {
        sgemm_(transB, transA, &columns, &rows, &inner, &alpha, b.data, &strideB, a.data, &strideA, &beta, c,
               &strideC);
    } else {
        dgemm_(transB, transA, &columns, &rows, &inner, &alpha, b.data, &strideB, a.data, &strideA, &beta, c,
               &strideC);
    }
}

} // namespace headroom
