// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sum of the sides of a mixer. Their tokens were gated but not normalized before out_proj, which is
// linear: each product is multiplied by the scale of its token, 1 / sqrt(mean(g^2) + eps), which
// scan_forward.cu prepared.
#include "core/kernels/cuda/intrinsics.cuh"

namespace side_sum {

constexpr int threads = 256;

/// @param squares [tokens, parts]
DEVICE float scaleOf(const float* squares, i64 token, int parts, float inner, float eps) {
    float sum = 0;
    for (int i = 0; i < parts; ++i)
        sum += squares[token * parts + i];
    return inverseRoot(sum / inner + eps);
}

} // namespace side_sum

/// Grid: numbers / 8 / threads.
/// @param first, second products, [tokens, width]; second may be null
/// @param firstSquares, secondSquares sums of g^2 over parts of a token, [tokens, parts]
/// @param inner numbers of a token of g
/// @param sum as `first`; may be `first`
HEADROOM_KERNEL void __launch_bounds__(side_sum::threads)
    sumOfSides(const u16* first, const float* __restrict__ firstSquares, const u16* __restrict__ second,
               const float* __restrict__ secondSquares, u16* sum, i64 tokens, int width, int parts,
               float inner, float eps) {
    const i64 own = (static_cast<i64>(blockIdx.x) * side_sum::threads + threadIdx.x) * 8;
    const i64 token = own / width;
    if (token >= tokens)
        return;
    float numbers[8];
    widen(loadMutable(first + own), numbers);
    const float scale = side_sum::scaleOf(firstSquares, token, parts, inner, eps);
#pragma unroll
    for (int i = 0; i < 8; ++i)
        numbers[i] *= scale;
    if (second != nullptr) {
        float others[8];
        widen(load(second + own), others);
        const float otherScale = side_sum::scaleOf(secondSquares, token, parts, inner, eps);
#pragma unroll
        for (int i = 0; i < 8; ++i)
            numbers[i] += otherScale * others[i];
    }
    store(sum + own, narrowed(numbers));
}
