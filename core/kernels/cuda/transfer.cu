// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What each position of a chunk adds to the later ones, for every head: m[i][j] = scores[i][j] exp(s_i - s_j)
// dt_j, and 0 where j comes after i in scan order. A chunk has n positions, a multiple of 8 and at most 128.
#include "core/kernels/cuda/number_type.cuh"
#include "core/kernels/cuda/numbers.cuh"

namespace transfer {

constexpr int each = sizeof(Vector) / sizeof(Number); ///< columns of a thread, forward
constexpr int forwardThreads = 256;
constexpr int longest = 128;
constexpr int warps = 16; ///< backward
constexpr int backwardThreads = 32 * warps;
constexpr int rowsPerWarp = longest / warps;

DEVICE bool reaches(int from, int to, int backward) {
    return backward ? from >= to : from <= to;
}

} // namespace transfer

/// Grid: chunks * n * n / each / forwardThreads.
/// @param scores [chunks, n, n]
/// @param positions, steps s and dt, [chunks, heads, n]
/// @param m [chunks, heads, n, n]
HEADROOM_KERNEL void __launch_bounds__(transfer::forwardThreads)
    transferForward(const Number* __restrict__ scores, const float* __restrict__ positions,
                    const float* __restrict__ steps, Number* __restrict__ m, i64 chunks, int heads, int n,
                    int backward) {
    using namespace transfer;
    const i64 index = static_cast<i64>(blockIdx.x) * forwardThreads + threadIdx.x;
    const int vectors = n / each; // of a row
    const i64 chunk = index / (n * vectors);
    if (chunk >= chunks)
        return;
    const int to = static_cast<int>(index % (n * vectors)) / vectors;
    const int first = static_cast<int>(index % vectors) * each;
    float score[each];
    widen(load(scores + (chunk * n + to) * n + first), score);
    for (int head = 0; head < heads; ++head) {
        const i64 own = (chunk * heads + head) * n;
        const float position = positions[own + to];
        float result[each];
#pragma unroll
        for (int i = 0; i < each; i += 4) {
            const Four from = load(positions + own + first + i);
            const Four step = load(steps + own + first + i);
#pragma unroll
            for (int c = 0; c < 4; ++c)
                result[i + c] =
                    reaches(first + i + c, to, backward)
                        ? score[i + c] * exponentialFor<Number>(position - from.number[c]) * step.number[c]
                        : 0;
        }
        store(m + (own + to) * n + first, narrowed(result));
    }
}

/// One block per chunk. A warp has every 16th row, a lane four columns.
/// @param m in: its gradient; replaced by m, which the gradient of x needs
/// @param gradPositions, gradSteps as positions and steps
/// @param gradScores as scores
HEADROOM_KERNEL void __launch_bounds__(transfer::backwardThreads)
    transferBackward(const Number* __restrict__ scores, const float* __restrict__ positions,
                     const float* __restrict__ steps, Number* m, Number* __restrict__ gradScores,
                     float* __restrict__ gradPositions, float* __restrict__ gradSteps, int heads, int n,
                     int backward) {
    using namespace transfer;
    __shared__ Four columnSums[warps][longest / 4]; // stored 16 bytes at once, which must be aligned
    __shared__ float rowSums[longest];
    __shared__ float diagonal[longest];
    const int thread = static_cast<int>(threadIdx.x);
    const int warp = thread / 32;
    const int first = thread % 32 * 4;
    const bool works = first < n;
    const i64 chunk = blockIdx.x;
    float score[rowsPerWarp][4] = {};
    float gradScore[rowsPerWarp][4] = {};
#pragma unroll
    for (int q = 0; q < rowsPerWarp; ++q) {
        const int to = q * warps + warp;
        if (works && to < n)
            loadFour(scores + (chunk * n + to) * n + first, score[q]);
    }
    for (int head = 0; head < heads; ++head) {
        const i64 own = (chunk * heads + head) * n;
        float from[4] = {};
        float step[4] = {};
        float sums[4] = {}; // of columns, without the diagonal
        if (works) {
            loadFour(positions + own + first, from);
            loadFour(steps + own + first, step);
        }
#pragma unroll
        for (int q = 0; q < rowsPerWarp; ++q) {
            const int to = q * warps + warp;
            if (to >= n)
                break; // the whole warp
            float sum = 0;
            if (works) {
                const float position = positions[own + to];
                Number* place = m + (own + to) * n + first;
                float gradient[4];
                float result[4];
                loadFour(place, gradient);
#pragma unroll
                for (int c = 0; c < 4; ++c) {
                    const float decay =
                        reaches(first + c, to, backward) ? exponentialFor<Number>(position - from[c]) : 0;
                    gradient[c] *= decay;
                    gradScore[q][c] += gradient[c] * step[c];
                    gradient[c] *= score[q][c];
                    result[c] = score[q][c] * decay * step[c];
                    // The diagonal has no decay, so it has no part in the gradient of the positions.
                    if (first + c == to) {
                        diagonal[to] = gradient[c];
                    } else {
                        sums[c] += gradient[c];
                        sum += gradient[c] * step[c];
                    }
                }
                storeFour(place, result);
            }
#pragma unroll
            for (int mask = 16; mask > 0; mask /= 2)
                sum += shuffleXor(sum, mask);
            if (first == 0)
                rowSums[to] = sum;
        }
        if (works)
            columnSums[warp][first / 4] = narrowed(sums);
        syncBlock();
        if (thread < n) {
            float sum = 0;
#pragma unroll
            for (int w = 0; w < warps; ++w)
                sum += columnSums[w][thread / 4].number[thread % 4];
            gradSteps[own + thread] = sum + diagonal[thread];
            gradPositions[own + thread] = rowSums[thread] - sum * steps[own + thread];
        }
        syncBlock(); // before the next head overwrites the sums
    }
#pragma unroll
    for (int q = 0; q < rowsPerWarp; ++q) {
        const int to = q * warps + warp;
        if (works && to < n)
            storeFour(gradScores + (chunk * n + to) * n + first, gradScore[q]);
    }
}
