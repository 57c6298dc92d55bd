// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The headers of cuBLAS include those of CUDA's 16-bit types, which need nv/target: that header is part of
// the CUDA toolkit but not of any wheel. Only the names of the types are needed here. Include this file
// before any CUDA header.
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
