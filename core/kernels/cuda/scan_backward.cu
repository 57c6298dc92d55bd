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
// The convolution's gradient follows, for x after each head, for B and C in the end. At the last positions of
// a chunk it has a part from the next chunk: both blocks write their parts, and chunk_edges.cu adds them.
//
// The gradient of s comes from all products with its exponentials; its sum from a position to the end is that
// of A dt.
#include "core/kernels/cuda/scan_backward.cuh"

/// One block per row and chunk.
/// @param tokens before the convolution: x, B, C, [rows, length, stride], its first `channels` columns, with
///     channels = heads * P + 2 N
/// @param convWeight [channels, taps], @param convBias [channels]
/// @param bc B, C, [rows, length, 2 N]
/// @param dt [rows, length, heads]
/// @param states, gradStates after each chunk but the last, [rows, heads, chunks - 1, P, N]
/// @param gradY [rows, length, heads, P]
/// @param gradTokens as `tokens`
/// @param edges of gradTokens, see chunk_edges.cu
/// @param shares partial sums of the gradients of A_log, D, convBias and convWeight, one row per block
HEADROOM_KERNEL void __launch_bounds__(scan_backward::threads)
    scanBackward(const u16* __restrict__ tokens, i64 stride, const float* __restrict__ convWeight,
                 const float* __restrict__ convBias, int taps, const u16* __restrict__ bc,
                 const float* __restrict__ dt, const float* __restrict__ aLog, const float* __restrict__ d,
                 const u16* __restrict__ states, const u16* __restrict__ gradStates,
                 const u16* __restrict__ gradY, u16* __restrict__ gradTokens, float* __restrict__ edges,
                 float* __restrict__ gradDt, float* __restrict__ shares, int length, int heads,
                 int backward) {
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
    const int channels = inner + 2 * STATE;
    const bool hasState = chunk > 0;
    const bool hasGradState = chunk + 1 < chunks;
    const RowPositions positions{static_cast<i64>(row) * length, length, backward};

    using Convolution = BlockMemory::Convolution;
    const ConvolutionParameters parameters{convWeight, convBias, taps, channels};
    Convolution convolution(thread);
    FetchedTile<chunkLength, HEADDIM, threads> nextX;
    FetchedTile<chunkLength, HEADDIM, threads> nextGradY;
    FetchedTile<HEADDIM, STATE, threads> nextState;
    FetchedTile<HEADDIM, STATE, threads> nextGradState;
    float nextStep[2] = {};
    const auto fetchTokens = [&](int firstChannel) {
        const auto address = [&](int p, int column) -> const u16* {
            column += firstChannel;
            return begin + p >= 0 && begin + p < length && column < channels
                       ? tokens + positions.token(begin + p) * stride + column
                       : nullptr;
        };
        nextX.fetch(thread, address);
        convolution.fetch(address);
    };
    const auto fetch = [&](int head) {
        const auto token = [&](int p, int column) {
            return begin + p < length ? gradY + positions.token(begin + p) * inner + head * HEADDIM + column
                                      : nullptr;
        };
        nextGradY.fetch(thread, token);
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

    float* share = shares + static_cast<i64>(blockIdx.x) * (2 * heads + channels * (1 + taps));
    /// The gradient of HEADDIM columns before the convolution, from shared.raw and shared.gradConvolved.
    const auto differentiate = [&](int firstChannel) {
        convolution.differentiate(
            shared.raw, BlockMemory::strideP, shared.gradConvolved, BlockMemory::strideOfGradients,
            parameters, firstChannel, {shared.weightSums, shared.biasSums},
            [&](int p, int column, float low, float high) {
                const int channel = firstChannel + column;
                const bool before = p < 0;
                if (channel >= channels || begin + p < 0 || (!before && begin + p >= length))
                    return;
                if (before || (hasGradState && p >= chunkLength - Convolution::halo)) {
                    const i64 edge = static_cast<i64>(row) * (chunks - 1) + chunk - before;
                    const int ofEdge =
                        before ? p + 2 * Convolution::halo : p - (chunkLength - Convolution::halo);
                    float* to = edges + (edge * (2 * Convolution::halo) + ofEdge) * channels + channel;
                    to[0] = low;
                    to[1] = high;
                } else {
                    storePair(gradTokens + positions.token(begin + p) * stride + channel, low, high);
                }
            });
        syncBlock();
        float* ofBias = share + 2 * heads;
        float* ofWeight = ofBias + channels;
        for (int i = thread; i < (1 + taps) * HEADDIM; i += threads) {
            const int column = i % HEADDIM;
            const int tap = i / HEADDIM - 1; // -1: bias
            const int channel = firstChannel + column;
            if (channel >= channels)
                continue;
            float sum = 0;
            for (int strip = 0; strip < Convolution::strips; ++strip)
                sum += tap < 0 ? shared.biasSums[strip][column]
                               : shared.weightSums[strip][tap + Convolution::mostTaps - taps][column];
            (tap < 0 ? ofBias[channel] : ofWeight[channel * taps + tap]) = sum;
        }
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
    fetchTokens(0);
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
        for (int i = 0; i < HEADDIM / 32; ++i)
            writeFloats(warp.gradX[i], lane,
                        shared.gradConvolved + 16 * warp.row * BlockMemory::strideOfGradients +
                            16 * (warp.half + 2 * i),
                        BlockMemory::strideOfGradients);
        nextX.place(thread, shared.raw, BlockMemory::strideP);
        fetchTokens((head + 1) * HEADDIM); // in the end B and C
        if (warpIndex == 4) {              // one of the warps with the fewest products
            const StepGradients gradients = stepGradients(shared, rate, hasState, hasGradState, lane);
#pragma unroll
            for (int i = 0; i < 2; ++i) {
                const int p = begin + StepGradients::position(lane, i);
                if (p < length)
                    gradDt[positions.token(p) * heads + head] = gradients.step[i];
            }
            if (lane == 0) {
                share[head] = gradients.aLog;
                share[heads + head] = gradients.d;
            }
        }
        syncBlock();
        differentiate(head * HEADDIM);
    }

    syncBlock();
    warp.writeGradScore();
    syncBlock();
    warp.finishGradBAndC();
    for (int first = 0; first < 2 * STATE; first += HEADDIM) {
        const auto write = [&](const Square& square, int column) {
            if (column >= first && column < first + HEADDIM)
                writeFloats(square, lane,
                            shared.gradConvolved + 16 * warp.row * BlockMemory::strideOfGradients + column -
                                first,
                            BlockMemory::strideOfGradients);
        };
#pragma unroll
        for (int i = 0; i < BlockWarp::squaresPerWarp; ++i) {
            const int square = warp.half + 2 * i;
            if (square >= BlockWarp::squaresOfN)
                continue;
            write(warp.gradB[i], 16 * square);
            write(warp.gradC[i], STATE + 16 * square);
        }
        nextX.place(thread, shared.raw, BlockMemory::strideP);
        syncBlock();
        convolution.readBefore(shared.raw, BlockMemory::strideP);
        fetchTokens(inner + first + HEADDIM);
        differentiate(inner + first);
    }
}
