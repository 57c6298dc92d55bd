#pragma once

// cuBLAS' headers include the headers of CUDA's 16-bit types, which include nv/target: that is part of the
// CUDA toolkit and of no wheel. Only the names of these types are needed here. Include this before any header
// of CUDA.
#define __CUDA_FP16_H__
#define __CUDA_BF16_H__

struct __half {
    unsigned short bits;
};

struct __half2 {
    __half low, high;
};

struct __nv_bfloat16 {
    unsigned short bits;
};

struct __nv_bfloat162 {
    __nv_bfloat16 low, high;
};
