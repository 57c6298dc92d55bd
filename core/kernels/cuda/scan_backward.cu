// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The scan, backward, for one chunk of 64 positions of one row. The block goes through the heads one after
// the other, so that the gradients of B and C, which all heads share, add up in its registers.
//
// With the names of scan_forward.cu, G = dy x', S the state before the chunk and dS the gradient of the state
// after it:
//     dx = M' dy + f (B dS) + D dy,    f_j = dt_j exp(s_last - s_j)
//     dB = E' C + sum over heads of f x dS',    E = sum over heads of G exp(s_i - s_j) dt_j
//     dC = E B + sum over heads of exp(s) dy S'
// The gradient of s comes from all products with its exponentials; its sum from a position to the end is that
// of A dt.
#include "core/kernels/cuda/scan_backward.cuh"
#include "core/kernels/cuda/tile_convolution.cuh"

/// One block per row and chunk.
/// @param x before the convolution, [rows, length, stride], its first heads * P columns
/// @param convWeight [heads * P, taps], @param convBias [heads * P]
/// @param bc B, C, [rows, length, 2 N]
/// @param dt [rows, length, heads]
/// @param states, gradStates after each chunk but the last, [rows, heads, chunks - 1, P, N]
/// @param gradY [rows, length, heads, P]
/// @param gradXbc of x, B, C after the convolution, [rows, length, heads * P + 2 N]
/// @param shares partial sums of the gradients of A_log and D, one per block, [rows * chunks, 2, heads]
HEADROOM_KERNEL void __launch_bounds__(scan_backward::threads)
    scanBackward(const u16* __restrict__ x, i64 stride, const float* __restrict__ convWeight,
                 const float* __restrict__ convBias, int taps, const u16* __restrict__ bc,
                 const float* __restrict__ dt, const float* __restrict__ aLog, const float* __restrict__ d,
                 const u16* __restrict__ states, const u16* __restrict__ gradStates,
                 const u16* __restrict__ gradY, u16* __restrict__ gradXbc, float* __restrict__ gradDt,
                 float* __restrict__ shares, int length, int heads, int backward) {
    using namespace scan_backward;
    using BlockMemory = Shared<HEADDIM, STATE>;
    using BlockWarp = Warp<HEADDIM, STATE>;
    BlockMemory& shared = *reinterpret_cast<BlockMemory*>(sharedMemory());
    const int thread = threadIdx.x;
    const int lane = thread % 32;
    const int warpIndex = uniform(thread / 32);

    const int chunks = (length + chunkLength - 1) / chunkLength;
    const int row = static_cast<int>(blockIdx.x) / chunks;
    const int chunk = static_cast<int>(blockIdx.x) % chunks;
    const int begin = chunk * chunkLength;
    const int inner = heads * HEADDIM;
    const i64 gradStride = inner + 2 * STATE;
    const bool hasState = chunk > 0;
    const bool hasGradState = chunk + 1 < chunks;
    const RowPositions positions{static_cast<i64>(row) * length, length, backward};

    const ConvolutionParameters parameters{convWeight, convBias, taps, inner};
    TileConvolution<HEADDIM, threads> convolution(thread);
    FetchedTile<chunkLength, HEADDIM, threads> nextX;
    FetchedTile<chunkLength, HEADDIM, threads> nextGradY;
    FetchedTile<HEADDIM, STATE, threads> nextState;
    FetchedTile<HEADDIM, STATE, threads> nextGradState;
    float nextStep[2] = {};
    const auto fetch = [&](int head) {
        const auto token = [&](const u16* tokens, i64 tokenStride, int p, int column) -> const u16* {
            return begin + p >= 0 && begin + p < length
                       ? tokens + positions.token(begin + p) * tokenStride + head * HEADDIM + column
                       : nullptr;
        };
        const auto ofX = [&](int p, int column) { return token(x, stride, p, column); };
        nextX.fetch(thread, ofX);
        convolution.fetch(ofX);
        nextGradY.fetch(thread, [&](int p, int column) { return token(gradY, inner, p, column); });
        const i64 place = (static_cast<i64>(row) * heads + head) * (chunks - 1) + chunk;
        if (hasState)
            nextState.fetch(thread, [&](int p, int column) {
                return states + (place - 1) * (HEADDIM * STATE) + p * STATE + column;
            });
        if (hasGradState)
            nextGradState.fetch(thread, [&](int p, int column) {
                return gradStates + place * (HEADDIM * STATE) + p * STATE + column;
            });
        if (warpIndex == 0) {
#pragma unroll
            for (int i = 0; i < 2; ++i) {
                const int p = begin + lane + 32 * i;
                nextStep[i] = p < length ? dt[positions.token(p) * heads + head] : 0;
            }
        }
    };

    const auto gradToken = [&](int p, int column) {
        return begin + p < length ? gradXbc + positions.token(begin + p) * gradStride + column : nullptr;
    };

    BlockWarp warp = {shared, lane, warpIndex < 4 ? warpIndex : 7 - warpIndex, warpIndex / 4};
    {
        FetchedTile<chunkLength, STATE, threads> b, c;
        const auto token = [&](int p, int column) -> const u16* {
            return begin + p < length ? bc + positions.token(begin + p) * (2 * STATE) + column : nullptr;
        };
        b.fetch(thread, token);
        c.fetch(thread, [&](int p, int column) { return token(p, STATE + column); });
        b.place(thread, shared.b, BlockMemory::strideN);
        c.place(thread, shared.c, BlockMemory::strideN);
    }
    fetch(0);
    syncBlock();
    warp.computeScores();

    for (int head = 0; head < heads; ++head) {
        const float rate = -exponential(aLog[head]);
        nextX.place(thread, shared.x, BlockMemory::strideP);
        nextGradY.place(thread, shared.gradY, BlockMemory::strideP);
        if (hasState)
            nextState.place(thread, shared.state, BlockMemory::strideN);
        if (hasGradState)
            nextGradState.place(thread, shared.gradState, BlockMemory::strideN);
        if (warpIndex == 0) {
            const ChunkSums sums = runningSums(rate * nextStep[0], rate * nextStep[1], lane);
            shared.step[lane] = nextStep[0];
            shared.step[lane + 32] = nextStep[1];
            shared.position[lane] = sums.low;
            shared.position[lane + 32] = sums.high;
        }
        syncBlock();
        convolution.readBefore(shared.x, BlockMemory::strideP);
        if (head + 1 < heads)
            fetch(head + 1);
        syncBlock();
        convolution.convolve(shared.x, BlockMemory::strideP, parameters, head * HEADDIM);
        syncBlock();

        warp.rowSums[0] = warp.rowSums[1] = 0;
#pragma unroll
        for (int i = 0; i < HEADDIM / 32; ++i)
            warp.gradX[i] = {};
        warp.triangle();
        if (hasState)
            warp.readState();
        warp.writeRowSums(shared.rowSums[warp.half], warp.rowSums);
        if (hasGradState)
            warp.addToState();
        if (hasState && hasGradState) {
            const float sum = sumOfWarp(innerProduct<HEADDIM, STATE>(shared.state, shared.gradState, thread));
            if (lane == 0)
                shared.stateSums[warpIndex] = sum;
        }
        syncBlock();

        warp.finishGradX(d[head]);
#pragma unroll
        for (int i = 0; i < HEADDIM / 32; ++i) {
            writeSquare(warp.gradX[i], lane, [&](int squareRow, int column) {
                return gradToken(16 * warp.row + squareRow,
                                 head * HEADDIM + 16 * (warp.half + 2 * i) + column);
            });
        }
        if (warpIndex == 4) { // one of the warps with the fewest products
            const StepGradients gradients = stepGradients(shared, rate, hasState, hasGradState, lane);
#pragma unroll
            for (int i = 0; i < 2; ++i) {
                const int p = begin + StepGradients::position(lane, i);
                if (p < length)
                    gradDt[positions.token(p) * heads + head] = gradients.step[i];
            }
            if (lane == 0) {
                float* share = shares + static_cast<i64>(blockIdx.x) * 2 * heads + head;
                share[0] = gradients.aLog;
                share[heads] = gradients.d;
            }
        }
        syncBlock();
    }

    warp.writeGradScore();
    syncBlock();
    warp.finishGradBAndC();
#pragma unroll
    for (int i = 0; i < BlockWarp::squaresPerWarp; ++i) {
        const int column = warp.half + 2 * i;
        if (column >= BlockWarp::squaresOfN)
            continue;
        const auto write = [&](const Square& square, int first) {
            writeSquare(square, lane, [&](int squareRow, int squareColumn) {
                return gradToken(16 * warp.row + squareRow, inner + first + 16 * column + squareColumn);
            });
        };
        write(warp.gradB[i], 0);
        write(warp.gradC[i], STATE);
    }
}
