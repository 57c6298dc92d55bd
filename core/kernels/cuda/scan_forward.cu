// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The scan, forward. In a chunk of 64 positions, counted from 0, with s the running sum of A dt:
//     y = M x + exp(s) C S + D x,    M[i][j] = C_i B_j exp(s_i - s_j) dt_j for j <= i
// M is rounded to bfloat16, but not its diagonal: together with D it is often the largest part, and may
// cancel with D. A warp has 16 columns of x and the transposed state of these columns, in registers. The
// state stays there from chunk to chunk, in the layout of the right factor of the product with C. A block has
// as many heads as fit side by side; they share C, B and C B'.
//
// The tokens x are convolved after they are loaded; B and C, which all heads share, before.
//
// The gate follows in the registers of y: g = y silu(z). The norm after it, g / sqrt(mean(g^2) + eps) over a
// token, needs all heads: the blocks write sums of squares, and side_sum.cu scales the product with the
// following weights.
#include "core/kernels/cuda/scan.cuh"
#include "core/kernels/cuda/tile_convolution.cuh"

namespace forward_scan {

constexpr int threads = 256;
constexpr int width = threads / 2;           ///< columns of x per block, 16 per warp
constexpr int headsAtOnce = width / HEADDIM; ///< a group of heads
constexpr int squares = chunkLength / 16;    ///< of a chunk's rows
constexpr int strideN = STATE + 8;
constexpr int strideX = width + 8;
constexpr int strideM = chunkLength + 8;

struct alignas(16) Shared {
    u16 c[chunkLength * strideN];
    u16 b[chunkLength * strideN];
    u16 x[chunkLength * strideX];
    u16 m[headsAtOnce][chunkLength * strideM];
    float step[headsAtOnce][chunkLength];     ///< dt
    float position[headsAtOnce][chunkLength]; ///< s
    float diagonal[headsAtOnce][chunkLength]; ///< of M
    float squares[threads / 32][chunkLength]; ///< sums of g^2, by warp
};

/// What a block reads for one group of heads in one chunk.
struct Input {
    FetchedTile<chunkLength, STATE, threads> c, b;
    FetchedTile<chunkLength, width, threads> x;
    float step[2]; ///< dt; only in the first warps, one per head
};

/// The work and the registers of a warp: 16 columns of x, and up to two of the ten squares of the triangle
/// of M.
struct Warp {
    Shared& shared;
    int lane;
    int index;
    Square score[2] = {};        ///< C B'
    WarpState<STATE> state = {}; ///< before the chunk
    Square output[squares] = {}; ///< the columns of y

    DEVICE int headOfGroup() const { return index * 16 / HEADDIM; }
    DEVICE int columnOfHead() const { return index * 16 % HEADDIM; }
    DEVICE const u16* x() const { return shared.x + 16 * index; }

    DEVICE int triangleRow() const { return index < 4 ? index : 7 - index; }
    DEVICE int triangleColumn(int i) const { return index / 4 + 2 * i; }

    DEVICE void computeScores() {
#pragma unroll
        for (int i = 0; i < 2; ++i) {
            if (triangleColumn(i) > triangleRow())
                continue;
            score[i] = {};
#pragma unroll
            for (int k = 0; k < STATE; k += 16)
                addProduct(
                    score[i], leftFactor(shared.c + 16 * triangleRow() * strideN + k, strideN, lane),
                    rightFactorTransposed(shared.b + 16 * triangleColumn(i) * strideN + k, strideN, lane));
        }
    }

    /// Writes M of all heads of the group.
    DEVICE void writeM() {
#pragma unroll
        for (int i = 0; i < 2; ++i) {
            if (triangleColumn(i) > triangleRow())
                continue;
#pragma unroll
            for (int h = 0; h < headsAtOnce; ++h) {
#pragma unroll
                for (int t = 0; t < 2; ++t) {
                    float m[4];
#pragma unroll
                    for (int e = 0; e < 4; ++e) {
                        const int to = 16 * triangleRow() + rowOf(lane, e);
                        const int from = 16 * triangleColumn(i) + columnOf(lane, t, e);
                        const float decay =
                            from < to ? exponential(shared.position[h][to] - shared.position[h][from]) : 0;
                        const float undecayed = score[i].tile[t][e] * shared.step[h][from];
                        m[e] = undecayed * decay;
                        if (from == to)
                            shared.diagonal[h][from] = undecayed;
                    }
                    u16* at = shared.m[h] + (16 * triangleRow() + rowOf(lane, 0)) * strideM +
                              16 * triangleColumn(i) + columnOf(lane, t, 0);
                    storePair(at, m[0], m[1]);
                    storePair(at + 8 * strideM, m[2], m[3]);
                }
            }
        }
    }

    /// output = exp(s) C S
    DEVICE void readState() {
#pragma unroll
        for (int k = 0; k < STATE / 16; ++k) {
            const Factor right = state.rightRows(k);
#pragma unroll
            for (int r = 0; r < squares; ++r)
                addProduct(output[r], leftFactor(shared.c + 16 * r * strideN + 16 * k, strideN, lane), right);
        }
#pragma unroll
        for (int r = 0; r < squares; ++r) {
#pragma unroll
            for (int e = 0; e < 4; ++e) {
                const float decay = exponential(shared.position[headOfGroup()][16 * r + rowOf(lane, e)]);
                output[r].tile[0][e] *= decay;
                output[r].tile[1][e] *= decay;
            }
        }
    }

    /// output += M x + D x
    DEVICE void addChunk(float skip) {
#pragma unroll
        for (int k = 0; k < squares; ++k) {
            const Factor right = rightFactor(x() + 16 * k * strideX, strideX, lane);
#pragma unroll
            for (int r = k; r < squares; ++r)
                addProduct(output[r],
                           leftFactor(shared.m[headOfGroup()] + 16 * r * strideM + 16 * k, strideM, lane),
                           right);
        }
#pragma unroll
        for (int r = 0; r < squares; ++r) {
#pragma unroll
            for (int e = 0; e < 4; e += 2) {
                const int p = 16 * r + rowOf(lane, e);
                const float diagonal = shared.diagonal[headOfGroup()][p] + skip;
#pragma unroll
                for (int t = 0; t < 2; ++t) {
                    const u32 own = pairAt(x() + p * strideX + columnOf(lane, t, 0));
                    output[r].tile[t][e] += diagonal * low16(own);
                    output[r].tile[t][e + 1] += diagonal * high16(own);
                }
            }
        }
    }

    /// Writes the columns of y, or of g.
    /// @param at address of eight numbers, from position and column of the warp; null to skip them
    template <class Address>
    DEVICE void write(const Address& at) const {
#pragma unroll
        for (int r = 0; r < squares; ++r)
            writeSquare(output[r], lane, [&](int row, int column) { return at(16 * r + row, column); });
    }

    /// Replaces y by g, and sums g^2.
    /// @param at address of z, as in write()
    template <class Address>
    DEVICE void gate(const Address& at) {
#pragma unroll
        for (int r = 0; r < squares; ++r) {
            u32 z[4];
            readSquare(z, lane, [&](int row, int column) { return at(16 * r + row, column); });
#pragma unroll
            for (int half = 0; half < 2; ++half) { // upper and lower row
                float sum = 0;
#pragma unroll
                for (int t = 0; t < 2; ++t) {
                    const float low = low16(z[2 * half + t]);
                    const float high = high16(z[2 * half + t]);
                    float* gated = output[r].tile[t] + 2 * half;
                    gated[0] *= low * sigmoid(low);
                    gated[1] *= high * sigmoid(high);
                    sum += gated[0] * gated[0] + gated[1] * gated[1];
                }
                sum = sumOfRow(sum);
                if (lane % 4 == 0)
                    shared.squares[index][16 * r + rowOf(lane, 2 * half)] = sum;
            }
        }
    }

    /// Advances the state over the chunk.
    DEVICE void passState() {
        const float* position = shared.position[headOfGroup()];
        const float* step = shared.step[headOfGroup()];
        const float whole = position[chunkLength - 1];
        state.multiply(exponential(whole));
        state.add(x(), strideX, shared.b, strideN, lane,
                  [&](int p) { return step[p] * exponential(whole - position[p]); });
    }
};

} // namespace forward_scan

/// @param x before the convolution, [rows, length, stride], its first heads * P columns
/// @param convWeight [heads * P, taps], @param convBias [heads * P]
/// @param bc B, C, [rows, length, 2 N]
/// @param dt [rows, length, heads]
/// @param y [rows, length, heads, P]; may be null
/// @param z as x; null for no gate
/// @param gated [rows, length, heads, P]
/// @param sumsOfSquares g^2 over the columns of a group of heads, [rows, length, groups]
/// @param states after each chunk but the last, [rows, heads, chunks - 1, P, N]; may be null
/// @param groupsPerBlock groups of heads that a block processes one after the other. The blocks of a row are
///     adjacent
HEADROOM_KERNEL void __launch_bounds__(forward_scan::threads)
    scanForward(const u16* __restrict__ x, i64 stride, const float* __restrict__ convWeight,
                const float* __restrict__ convBias, int taps, const u16* __restrict__ bc,
                const float* __restrict__ dt, const float* __restrict__ aLog, const float* __restrict__ d,
                u16* __restrict__ y, const u16* __restrict__ z, u16* __restrict__ gated,
                float* __restrict__ sumsOfSquares, u16* __restrict__ states, int length, int heads,
                int groupsPerBlock, int backward) {
    using namespace forward_scan;
    Shared& shared = *reinterpret_cast<Shared*>(sharedMemory());
    const int thread = threadIdx.x;
    const int lane = thread % 32;
    const int warpIndex = uniform(thread / 32);

    const int groups = (heads + headsAtOnce - 1) / headsAtOnce;
    const int blocksPerRow = (groups + groupsPerBlock - 1) / groupsPerBlock;
    const int row = static_cast<int>(blockIdx.x) / blocksPerRow;
    const int firstGroup = static_cast<int>(blockIdx.x) % blocksPerRow * groupsPerBlock;
    const int endGroup = firstGroup + groupsPerBlock < groups ? firstGroup + groupsPerBlock : groups;
    const int chunks = (length + chunkLength - 1) / chunkLength;
    const int stages = (endGroup - firstGroup) * chunks;
    const int inner = heads * HEADDIM;
    const RowPositions positions{static_cast<i64>(row) * length, length, backward};

    const ConvolutionParameters parameters{convWeight, convBias, taps, inner};
    TileConvolution<width, threads> convolution(thread);
    Input input;
    const auto fetch = [&](int stage) {
        const int begin = stage % chunks * chunkLength;
        const int firstHead = (firstGroup + stage / chunks) * headsAtOnce;
        if (stage == 0 || chunks > 1) {
            const u16* tokens = bc;
            const auto address = [&](int p, int column) -> const u16* {
                return begin + p < length ? tokens + positions.token(begin + p) * (2 * STATE) + column
                                          : nullptr;
            };
            input.b.fetch(thread, address);
            tokens += STATE;
            input.c.fetch(thread, address);
        }
        const auto address = [&](int p, int column) -> const u16* {
            column += firstHead * HEADDIM;
            return begin + p >= 0 && begin + p < length && column < inner
                       ? x + positions.token(begin + p) * stride + column
                       : nullptr;
        };
        input.x.fetch(thread, address);
        convolution.fetch(address);
        const int head = firstHead + warpIndex;
        if (warpIndex < headsAtOnce) {
#pragma unroll
            for (int half = 0; half < 2; ++half) {
                const int p = begin + lane + 32 * half;
                input.step[half] = p < length && head < heads ? dt[positions.token(p) * heads + head] : 0;
            }
        }
    };
    fetch(0);

    Warp warp = {shared, lane, warpIndex};
    for (int stage = 0; stage < stages; ++stage) {
        const int chunk = stage % chunks;
        const int begin = chunk * chunkLength;
        const int firstHead = (firstGroup + stage / chunks) * headsAtOnce;
        const bool newTokens = stage == 0 || chunks > 1;
        if (chunk == 0)
            warp.state = {};
        if (newTokens) {
            input.b.place(thread, shared.b, strideN);
            input.c.place(thread, shared.c, strideN);
        }
        input.x.place(thread, shared.x, strideX);
        if (warpIndex < headsAtOnce) {
            const float rate = firstHead + warpIndex < heads ? -exponential(aLog[firstHead + warpIndex]) : 0;
            const ChunkSums sums = runningSums(rate * input.step[0], rate * input.step[1], lane);
            shared.step[warpIndex][lane] = input.step[0];
            shared.step[warpIndex][lane + 32] = input.step[1];
            shared.position[warpIndex][lane] = sums.low;
            shared.position[warpIndex][lane + 32] = sums.high;
        }
        syncBlock();
        convolution.readBefore(shared.x, strideX);
        if (stage + 1 < stages)
            fetch(stage + 1);

        if (newTokens)
            warp.computeScores();
        warp.writeM();
        syncBlock();
        convolution.convolve(shared.x, strideX, parameters, firstHead * HEADDIM);
        syncBlock();

        const int head = firstHead + warp.headOfGroup();
#pragma unroll
        for (int r = 0; r < squares; ++r)
            warp.output[r] = {};
        if (chunk > 0)
            warp.readState();
        warp.addChunk(head < heads ? d[head] : 0);
        const int firstColumn = head * HEADDIM + warp.columnOfHead();
        const auto write = [&](u16* tokens) {
            warp.write([&](int p, int column) {
                return begin + p < length && head < heads
                           ? tokens + positions.token(begin + p) * inner + firstColumn + column
                           : nullptr;
            });
        };
        if (y != nullptr)
            write(y);
        if (z != nullptr) {
            warp.gate([&](int p, int column) {
                return begin + p < length && head < heads
                           ? z + positions.token(begin + p) * stride + firstColumn + column
                           : nullptr;
            });
            write(gated);
        }

        if (chunk + 1 < chunks) {
            warp.passState();
            if (states != nullptr && head < heads) {
                const i64 place = (static_cast<i64>(row) * heads + head) * (chunks - 1) + chunk;
                warp.state.write(states + (place * HEADDIM + warp.columnOfHead()) * STATE, lane);
            }
        }
        syncBlock();
        // The next sums are written after three more barriers.
        if (z != nullptr && thread < chunkLength && begin + thread < length) {
            float sum = 0;
            for (int i = 0; i < threads / 32; ++i)
                sum += shared.squares[i][thread];
            sumsOfSquares[positions.token(begin + thread) * groups + firstGroup + stage / chunks] = sum;
        }
    }
}
