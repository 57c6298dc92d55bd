// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Adds partial sums.
#include "core/kernels/cuda/intrinsics.cuh"

namespace sum_shares {

constexpr int numbersAtOnce = 32;
constexpr int slices = 16; ///< threads per number
constexpr int threads = numbersAtOnce * slices;

} // namespace sum_shares

/// Deterministic: the order of additions depends on `count` only. Grid: numbers / numbersAtOnce.
/// @param shares [count, numbers]
HEADROOM_KERNEL void __launch_bounds__(sum_shares::threads)
    sumShares(const float* __restrict__ shares, int count, int numbers, float* __restrict__ sums) {
    using namespace sum_shares;
    __shared__ float parts[slices][numbersAtOnce];
    const int lane = static_cast<int>(threadIdx.x) % numbersAtOnce;
    const int slice = static_cast<int>(threadIdx.x) / numbersAtOnce;
    const int number = static_cast<int>(blockIdx.x) * numbersAtOnce + lane;
    float sum = 0;
    if (number < numbers) {
#pragma unroll 4
        for (int i = slice; i < count; i += slices)
            sum += shares[static_cast<i64>(i) * numbers + number];
    }
    parts[slice][lane] = sum;
    syncBlock();
    if (slice > 0 || number >= numbers)
        return;
    for (int i = 1; i < slices; ++i)
        sum += parts[i][lane];
    sums[number] = sum;
}
