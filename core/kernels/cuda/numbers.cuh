// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tensors of bfloat16 or float32 alike. Kernels for both are compiled with FLOAT32 0 and 1.
#pragma once

#include "core/kernels/cuda/intrinsics.cuh"

/// Loads eight numbers that the kernel does not write, from an address aligned to 16 bytes.
DEVICE void loadEight(const u16* from, float (&to)[8]) {
    widen(load(from), to);
}
DEVICE void loadEight(const float* from, float (&to)[8]) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
        const Four numbers = load(from + 4 * half);
#pragma unroll
        for (int i = 0; i < 4; ++i)
            to[4 * half + i] = numbers.number[i];
    }
}
/// Stores eight numbers at an address aligned to 16 bytes.
DEVICE void storeEight(u16* to, const float (&numbers)[8]) {
    store(to, narrowed(numbers));
}
DEVICE void storeEight(float* to, const float (&numbers)[8]) {
    store(to, Four{{numbers[0], numbers[1], numbers[2], numbers[3]}});
    store(to + 4, Four{{numbers[4], numbers[5], numbers[6], numbers[7]}});
}
