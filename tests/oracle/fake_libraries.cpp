// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The functions of cuBLAS, cublasLt and cuFFT in the fake CUDA runtime that must return something.
#include "cuda_half_types.h"
#include "fake_cuda.h"

#include <cstring>
#include <cublasLt.h>
#include <cublas_v2.h>
#include <cufft.h>
#include <cufftXt.h>

extern "C" {

IMPLEMENTED(cublasCreate_v2) cublasStatus_t cublasCreate_v2(cublasHandle_t* handle) {
    *handle = reinterpret_cast<cublasHandle_t>(fake::newHandle());
    return CUBLAS_STATUS_SUCCESS;
}

IMPLEMENTED(cublasGetMathMode) cublasStatus_t cublasGetMathMode(cublasHandle_t, cublasMath_t* mode) {
    *mode = CUBLAS_DEFAULT_MATH;
    return CUBLAS_STATUS_SUCCESS;
}

IMPLEMENTED(cublasGetPointerMode_v2)
cublasStatus_t cublasGetPointerMode_v2(cublasHandle_t, cublasPointerMode_t* mode) {
    *mode = CUBLAS_POINTER_MODE_HOST;
    return CUBLAS_STATUS_SUCCESS;
}

IMPLEMENTED(cublasLtGetVersion) size_t cublasLtGetVersion() {
    return 130000;
}

IMPLEMENTED(cublasLtMatmulDescCreate)
cublasStatus_t cublasLtMatmulDescCreate(cublasLtMatmulDesc_t* description, cublasComputeType_t,
                                        cudaDataType_t) {
    *description = reinterpret_cast<cublasLtMatmulDesc_t>(fake::newHandle());
    return CUBLAS_STATUS_SUCCESS;
}

IMPLEMENTED(cublasLtMatrixLayoutCreate)
cublasStatus_t cublasLtMatrixLayoutCreate(cublasLtMatrixLayout_t* layout, cudaDataType, uint64_t, uint64_t,
                                          int64_t) {
    *layout = reinterpret_cast<cublasLtMatrixLayout_t>(fake::newHandle());
    return CUBLAS_STATUS_SUCCESS;
}

IMPLEMENTED(cublasLtMatmulPreferenceCreate)
cublasStatus_t cublasLtMatmulPreferenceCreate(cublasLtMatmulPreference_t* preference) {
    *preference = reinterpret_cast<cublasLtMatmulPreference_t>(fake::newHandle());
    return CUBLAS_STATUS_SUCCESS;
}

IMPLEMENTED(cublasLtMatmulAlgoGetHeuristic)
cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t, cublasLtMatmulDesc_t, cublasLtMatrixLayout_t,
                                              cublasLtMatrixLayout_t, cublasLtMatrixLayout_t,
                                              cublasLtMatrixLayout_t, cublasLtMatmulPreference_t, int,
                                              cublasLtMatmulHeuristicResult_t* result, int* count) {
    std::memset(result, 0, sizeof *result);
    result->state = CUBLAS_STATUS_SUCCESS;
    *count = 1;
    return CUBLAS_STATUS_SUCCESS;
}

IMPLEMENTED(cufftCreate) cufftResult cufftCreate(cufftHandle* plan) {
    static int next = 1;
    *plan = next++;
    return CUFFT_SUCCESS;
}

IMPLEMENTED(cufftXtMakePlanMany)
cufftResult cufftXtMakePlanMany(cufftHandle, int, long long*, long long*, long long, long long, cudaDataType,
                                long long*, long long, long long, cudaDataType, long long, size_t* workspace,
                                cudaDataType) {
    *workspace = 0;
    return CUFFT_SUCCESS;
}
}
