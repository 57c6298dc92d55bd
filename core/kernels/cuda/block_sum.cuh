// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/intrinsics.cuh"

/// The sum over all threads of a block, in its first thread. All threads must call it, exactly once.
/// @param parts one per warp, in shared memory
template <int warps>
DEVICE float blockSum(float sum, float (&parts)[warps]) {
    const int thread = static_cast<int>(threadIdx.x);
#pragma unroll
    for (int mask = 16; mask > 0; mask /= 2)
        sum += shuffleXor(sum, mask);
    if (thread % 32 == 0)
        parts[thread / 32] = sum;
    syncBlock();
    if (thread == 0) {
        for (int i = 1; i < warps; ++i)
            sum += parts[i];
    }
    return sum;
}
