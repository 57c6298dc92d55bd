// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Included before NCCL's header, which includes cuda_fp16.h, cuda_bf16.h and cuda_fp8.h. Those need headers
// of the CUDA toolkit that are in no wheel, but of their types only the names are used.

#pragma once

#define __CUDA_FP16_H__
#define __CUDA_BF16_H__
#define __CUDA_FP8_H__
struct __half {
    unsigned short bits;
};
struct __half2 {
    unsigned short low, high;
};
struct __nv_bfloat16 {
    unsigned short bits;
};
