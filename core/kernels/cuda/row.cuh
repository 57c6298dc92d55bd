// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rows of numbers, each processed by one or more warps, eight numbers per thread.
#pragma once

#include "core/kernels/cuda/intrinsics.cuh"

constexpr int mostRowThreads = 1024; ///< in a block, so that rows have at most 8,192 numbers
constexpr int mostRowWarps = mostRowThreads / 32;

/// The row and the columns of a thread.
struct RowPlace {
    i64 row;
    int column;     ///< first of eight
    int rowThreads; ///< a multiple of 32

    /// @param rowThreads blockDim.x is a multiple of it
    DEVICE explicit RowPlace(int rowThreadCount)
        : row(static_cast<i64>(blockIdx.x) * (static_cast<int>(blockDim.x) / rowThreadCount) +
              static_cast<int>(threadIdx.x) / rowThreadCount),
          column(static_cast<int>(threadIdx.x) % rowThreadCount * 8), rowThreads(rowThreadCount) {}

    /// Replaces numbers by their sums over the row. All threads of the block must call it, exactly once.
    /// @param shared in shared memory
    template <int count>
    DEVICE void sum(float (&numbers)[count], float (&shared)[count][mostRowWarps]) const {
        const int thread = static_cast<int>(threadIdx.x);
#pragma unroll
        for (int n = 0; n < count; ++n) {
#pragma unroll
            for (int mask = 16; mask > 0; mask /= 2)
                numbers[n] += shuffleXor(numbers[n], mask);
            if (thread % 32 == 0)
                shared[n][thread / 32] = numbers[n];
        }
        if (rowThreads == 32)
            return; // in all threads of the block
        syncBlock();
        const int firstWarp = thread / rowThreads * (rowThreads / 32);
#pragma unroll
        for (int n = 0; n < count; ++n) {
            numbers[n] = 0;
            for (int warp = firstWarp; warp < firstWarp + rowThreads / 32; ++warp)
                numbers[n] += shared[n][warp];
        }
    }
};
