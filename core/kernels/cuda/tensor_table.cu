// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Kernels on all tensors of a TensorTable at once. Grid: its blocks.
#include "core/kernels/cuda/block_sum.cuh"

namespace tensor_table {

constexpr int threads = 256;
constexpr int warps = threads / 32;
constexpr int numbersPerThread = 64;
constexpr int numbersPerBlock = threads * numbersPerThread;

/// The numbers of a block.
struct Part {
    int tensor;
    i64 first;
    int count; ///< up to numbersPerBlock

    /// @param rows as TensorTable::rows()
    DEVICE Part(const i64* __restrict__ rows, int lists, int tensors) {
        const i64* const firstBlocks = rows + static_cast<i64>(lists + 1) * tensors;
        int low = 0;
        for (int high = tensors; low + 1 < high;) {
            const int middle = (low + high) / 2;
            (firstBlocks[middle] <= static_cast<i64>(blockIdx.x) ? low : high) = middle;
        }
        tensor = low;
        first = (static_cast<i64>(blockIdx.x) - firstBlocks[low]) * numbersPerBlock;
        const i64 rest = rows[static_cast<i64>(lists) * tensors + low] - first;
        count = rest < numbersPerBlock ? static_cast<int>(rest) : numbersPerBlock;
    }

    DEVICE float* numbersOf(const i64* __restrict__ rows, int list, int tensors) const {
        return reinterpret_cast<float*>(rows[static_cast<i64>(list) * tensors + tensor]) + first;
    }
};

} // namespace tensor_table

/// average += share (value - average), the share being 0 if *skipped is 1. As LibTorch's lerp, which computes
/// large shares from the other end.
/// @param rows of averages and values
HEADROOM_KERNEL void __launch_bounds__(tensor_table::threads)
    averageTensors(const i64* __restrict__ rows, int tensors, const float* __restrict__ skipped,
                   float share) {
    using namespace tensor_table;
    const Part part(rows, 2, tensors);
    float* __restrict__ const averages = part.numbersOf(rows, 0, tensors);
    const float* __restrict__ const values = part.numbersOf(rows, 1, tensors);
    const float weight = (1.0F - *skipped) * share;
#pragma unroll 4
    for (int i = static_cast<int>(threadIdx.x); i < part.count; i += threads) {
        const float difference = values[i] - averages[i];
        averages[i] =
            weight < 0.5F ? averages[i] + weight * difference : values[i] - difference * (1.0F - weight);
    }
}

/// A sum of squares for each block.
HEADROOM_KERNEL void __launch_bounds__(tensor_table::threads)
    sumSquares(const i64* __restrict__ rows, int tensors, float* __restrict__ shares) {
    using namespace tensor_table;
    __shared__ float parts[warps];
    const int thread = static_cast<int>(threadIdx.x);
    const Part part(rows, 1, tensors);
    const float* const numbers = part.numbersOf(rows, 0, tensors);
    float sum = 0;
#pragma unroll 4
    for (int i = thread; i < part.count; i += threads)
        sum += numbers[i] * numbers[i];
    sum = blockSum(sum, parts);
    if (thread == 0)
        shares[blockIdx.x] = sum;
}

/// Multiplies all numbers by limit / (*norm + 1e-6), unless that exceeds 1.
HEADROOM_KERNEL void __launch_bounds__(tensor_table::threads)
    limitTensors(const i64* __restrict__ rows, int tensors, const float* __restrict__ norm, float limit) {
    using namespace tensor_table;
    const float factor = limit / (*norm + 1e-6F);
    if (factor >= 1.0F) // not if it is NaN
        return;
    const Part part(rows, 1, tensors);
    float* const numbers = part.numbersOf(rows, 0, tensors);
#pragma unroll 4
    for (int i = static_cast<int>(threadIdx.x); i < part.count; i += threads)
        numbers[i] *= factor;
}
