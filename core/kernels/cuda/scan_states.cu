// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Gradients of the scan's states between chunks, from the last chunk to the first. With s the running sum of
// A dt in a chunk, dS(before the chunk) = exp(s_last) dS(after it) + sum of exp(s_i) dy_i C_i'. Warps as in
// scan_forward.cu.
#include "core/kernels/cuda/scan.cuh"

namespace scan_states {

constexpr int threads = 256;
constexpr int width = threads / 2;           ///< columns of y per block, 16 per warp
constexpr int headsAtOnce = width / HEADDIM; ///< a group of heads
constexpr int strideN = STATE + 8;
constexpr int strideY = width + 8;

struct alignas(16) Shared {
    u16 c[chunkLength * strideN];
    u16 gradY[chunkLength * strideY];
    float position[headsAtOnce][chunkLength]; ///< s
};

} // namespace scan_states

/// One block per row and group of heads. Requires two or more chunks.
/// @param bc B, C, [rows, length, 2 N]
/// @param dt [rows, length, heads]
/// @param gradY [rows, length, heads, P]
/// @param gradStates after each chunk but the last, [rows, heads, chunks - 1, P, N]
// With 32 states, three blocks per multiprocessor would leave too few registers.
HEADROOM_KERNEL void __launch_bounds__(scan_states::threads, STATE == 32 ? 2 : 0)
    scanStateGradients(const u16* __restrict__ bc, const float* __restrict__ dt,
                       const float* __restrict__ aLog, const u16* __restrict__ gradY,
                       u16* __restrict__ gradStates, int length, int heads, int backward) {
    using namespace scan_states;
    Shared& shared = *reinterpret_cast<Shared*>(sharedMemory());
    const int thread = threadIdx.x;
    const int lane = thread % 32;
    const int warp = uniform(thread / 32);

    const int groups = (heads + headsAtOnce - 1) / headsAtOnce;
    const int row = static_cast<int>(blockIdx.x) / groups;
    const int firstHead = static_cast<int>(blockIdx.x) % groups * headsAtOnce;
    const int head = firstHead + warp * 16 / HEADDIM;
    const int chunks = (length + chunkLength - 1) / chunkLength;
    const int inner = heads * HEADDIM;
    const RowPositions positions{static_cast<i64>(row) * length, length, backward};
    const float* position = shared.position[warp * 16 / HEADDIM];
    // Each of the first warps has the time steps of one head.
    const int headOfSteps = firstHead + warp;
    const bool hasSteps = warp < headsAtOnce;
    const float rate = hasSteps && headOfSteps < heads ? -exponential(aLog[headOfSteps]) : 0;

    FetchedTile<chunkLength, STATE, threads> nextC;
    FetchedTile<chunkLength, width, threads> nextGradY;
    float nextStep[2] = {};
    const auto fetch = [&](int begin) {
        nextC.fetch(thread, [&](int p, int column) -> const u16* {
            return begin + p < length ? bc + positions.token(begin + p) * (2 * STATE) + STATE + column
                                      : nullptr;
        });
        nextGradY.fetch(thread, [&](int p, int column) -> const u16* {
            column += firstHead * HEADDIM;
            return begin + p < length && column < inner ? gradY + positions.token(begin + p) * inner + column
                                                        : nullptr;
        });
        if (hasSteps) {
#pragma unroll
            for (int half = 0; half < 2; ++half) {
                const int p = begin + lane + 32 * half;
                nextStep[half] =
                    p < length && headOfSteps < heads ? dt[positions.token(p) * heads + headOfSteps] : 0;
            }
        }
    };
    fetch((chunks - 1) * chunkLength);

    WarpState<STATE> gradState = {};
    for (int chunk = chunks - 1; chunk > 0; --chunk) {
        nextC.place(thread, shared.c, strideN);
        nextGradY.place(thread, shared.gradY, strideY);
        if (hasSteps) {
            const ChunkSums sums = runningSums(rate * nextStep[0], rate * nextStep[1], lane);
            shared.position[warp][lane] = sums.low;
            shared.position[warp][lane + 32] = sums.high;
        }
        syncBlock();
        if (chunk > 1)
            fetch((chunk - 1) * chunkLength);
        gradState.multiply(exponential(position[chunkLength - 1]));
        gradState.add(shared.gradY + 16 * warp, strideY, shared.c, strideN, lane,
                      [&](int p) { return exponential(position[p]); });
        if (head < heads)
            gradState.write(
                gradStates + (((static_cast<i64>(row) * heads + head) * (chunks - 1) + chunk - 1) * HEADDIM +
                              warp * 16 % HEADDIM) *
                                 STATE,
                lane);
        syncBlock();
    }
}
