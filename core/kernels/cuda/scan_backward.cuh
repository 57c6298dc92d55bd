// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts of scan_backward.cu.
#pragma once

#include "core/kernels/cuda/scan.cuh"
#include "core/kernels/cuda/tile_convolution.cuh"

namespace scan_backward {

constexpr int threads = 256;
constexpr int squares = chunkLength / 16; ///< of a chunk's rows
constexpr int strideM = chunkLength + 8;

/// Shared memory, for P columns of x and N numbers of B.
template <int P, int N>
struct alignas(16) Shared {
    using Convolution = TileConvolution<P, threads>;
    static constexpr int strideN = N + 8;
    static constexpr int strideP = P + 8;
    static constexpr int strideOfGradients = P + 4; ///< in float32: rows in different banks

    u16 c[chunkLength * strideN];
    u16 b[chunkLength * strideN];
    u16 x[chunkLength * strideP];
    u16 gradY[chunkLength * strideP];
    union {
        u16 m[chunkLength * strideM];                                    ///< M; in the end E
        float weightSums[Convolution::strips][Convolution::mostTaps][P]; ///< gradients of the convolution
    };
    float step[chunkLength];     ///< dt
    float position[chunkLength]; ///< s
    union {
        struct {                                    // without the diagonal:
            float rowSums[2][chunkLength];          ///< of the gradient of s_i, by half of the columns
            float columnSums[squares][chunkLength]; ///< of the gradient of dt_j, by square of rows
            float diagonal[chunkLength];            ///< of M, in float32
            float gradDiagonal[chunkLength];        ///< of the gradient of dt_j
            float skip[chunkLength];                ///< dy x', for the gradient of D
            float leaving[2][chunkLength];          ///< x (B dS), by half of the columns
        };
        float biasSums[Convolution::strips][P]; ///< as weightSums
    };
    float stateSums[threads / 32]; ///< S dS, by warp
    // States, if there are several chunks; then what the gradient of the convolution reads:
    union {
        u16 state[P * strideN];                               ///< S', [P, N]
        float gradConvolved[chunkLength * strideOfGradients]; ///< of x, or of B and C
    };
    union {
        u16 gradState[P * strideN];     ///< dS'
        u16 raw[chunkLength * strideP]; ///< x, or B and C, before the convolution
    };
};

/// Writes a square in float32.
/// @param to its first number
DEVICE void writeFloats(const Square& square, int lane, float* to, int stride) {
#pragma unroll
    for (int t = 0; t < 2; ++t) {
#pragma unroll
        for (int e = 0; e < 4; ++e)
            to[rowOf(lane, e) * stride + columnOf(lane, t, e)] = square.tile[t][e];
    }
}

/// The work and the registers of a warp. Of each result it has 16 rows of a chunk, from 16 * row on, and
/// every second square of 16 columns, from `half` on. No warp has more than two of the ten squares of the
/// triangle.
template <int P, int N>
struct Warp {
    static constexpr int strideN = N + 8;
    static constexpr int strideP = P + 8;
    static constexpr int squaresOfN = N / 16;
    static constexpr int squaresPerWarp = (squaresOfN + 1) / 2; ///< of a row of squares [16, N]

    Shared<P, N>& shared;
    int lane;
    int row;
    int half;
    Square score[2] = {};     ///< C B'
    Square gradScore[2] = {}; ///< E
    Square gradB[squaresPerWarp] = {};
    Square gradC[squaresPerWarp] = {};
    Square gradX[P / 32] = {};
    float rowSums[2] = {}; ///< gradient of s in rows rowOf(lane, 0) and rowOf(lane, 2)

    DEVICE int position(int e) const { return 16 * row + rowOf(lane, e); }

    DEVICE void computeScores() {
#pragma unroll
        for (int i = 0; i < 2; ++i) {
            const int column = half + 2 * i;
            if (column > row)
                continue;
#pragma unroll
            for (int k = 0; k < N; k += 16)
                addProduct(score[i], leftFactor(shared.c + 16 * row * strideN + k, strideN, lane),
                           rightFactorTransposed(shared.b + 16 * column * strideN + k, strideN, lane));
        }
    }

    /// Writes M, adds to E, and computes the gradients of dt and s within the triangle.
    DEVICE void triangle() {
#pragma unroll
        for (int i = 0; i < 2; ++i) {
            const int column = half + 2 * i;
            if (column > row)
                continue;
            Square g = {};
#pragma unroll
            for (int k = 0; k < P; k += 16)
                addProduct(g, leftFactor(shared.gradY + 16 * row * strideP + k, strideP, lane),
                           rightFactorTransposed(shared.x + 16 * column * strideP + k, strideP, lane));
#pragma unroll
            for (int t = 0; t < 2; ++t) {
                float m[4];
                float columnSums[2] = {};
#pragma unroll
                for (int e = 0; e < 4; ++e) {
                    const int to = position(e);
                    const int from = 16 * column + columnOf(lane, t, e);
                    const float step = shared.step[from];
                    const float decay =
                        from < to ? exponential(shared.position[to] - shared.position[from]) : 0;
                    float gradient = g.tile[t][e] * decay;
                    const float gradStep = gradient * score[i].tile[t][e];
                    m[e] = score[i].tile[t][e] * decay * step;
                    // The diagonal has no decay, so it has no part in the gradient of s.
                    if (from == to) {
                        gradient = g.tile[t][e];
                        shared.skip[from] = gradient;
                        shared.diagonal[from] = score[i].tile[t][e] * step;
                        shared.gradDiagonal[from] = score[i].tile[t][e] * gradient;
                    }
                    gradScore[i].tile[t][e] += gradient * step;
                    rowSums[e / 2] += gradStep * step;
                    columnSums[e % 2] += gradStep;
                }
                u16* at = shared.m + position(0) * strideM + 16 * column + columnOf(lane, t, 0);
                storePair(at, m[0], m[1]);
                storePair(at + 8 * strideM, m[2], m[3]);
#pragma unroll
                for (int e = 0; e < 2; ++e) {
                    const float sum = sumOfColumn(columnSums[e]);
                    if (lane < 4)
                        shared.columnSums[row][16 * column + columnOf(lane, t, e)] = sum;
                }
            }
        }
    }

    /// Products of 16 rows of `vectors` with `states`, [16, N]: dy S' or x dS'.
    /// @param use called with each square, its number in this warp, and its column
    template <class Use>
    DEVICE void outerProducts(const u16* vectors, const u16* states, const Use& use) {
        Factor left[P / 16];
#pragma unroll
        for (int k = 0; k < P / 16; ++k)
            left[k] = leftFactor(vectors + 16 * row * strideP + 16 * k, strideP, lane);
#pragma unroll
        for (int i = 0; i < squaresPerWarp; ++i) {
            const int column = half + 2 * i;
            if (column >= squaresOfN)
                continue;
            Square product = {};
#pragma unroll
            for (int k = 0; k < P / 16; ++k)
                addProduct(product, left[k],
                           rightFactor(states + 16 * k * strideN + 16 * column, strideN, lane));
            use(product, i, column);
        }
    }

    /// The part of y that reads the state before the chunk: gradients of C and s.
    DEVICE void readState() {
        const float decay[2] = {exponential(shared.position[position(0)]),
                                exponential(shared.position[position(2)])};
        outerProducts(shared.gradY, shared.state, [&](Square& product, int i, int column) {
#pragma unroll
            for (int t = 0; t < 2; ++t) {
#pragma unroll
                for (int e = 0; e < 4; e += 2) {
                    const u32 c =
                        pairAt(shared.c + position(e) * strideN + 16 * column + columnOf(lane, t, 0));
                    const float low = decay[e / 2] * product.tile[t][e];
                    const float high = decay[e / 2] * product.tile[t][e + 1];
                    gradC[i].tile[t][e] += low;
                    gradC[i].tile[t][e + 1] += high;
                    rowSums[e / 2] += low16(c) * low + high16(c) * high;
                }
            }
        });
    }

    /// The part of the next state that the chunk adds: gradients of x and B.
    DEVICE void addToState() {
        const float whole = shared.position[chunkLength - 1];
        float factor[2];
#pragma unroll
        for (int i = 0; i < 2; ++i)
            factor[i] = shared.step[position(2 * i)] * exponential(whole - shared.position[position(2 * i)]);
        outerProducts(shared.x, shared.gradState, [&](Square& product, int i, int) {
#pragma unroll
            for (int t = 0; t < 2; ++t) {
#pragma unroll
                for (int e = 0; e < 4; ++e)
                    gradB[i].tile[t][e] += factor[e / 2] * product.tile[t][e];
            }
        });
#pragma unroll
        for (int k = 0; k < N; k += 16) {
            const Factor left = leftFactor(shared.b + 16 * row * strideN + k, strideN, lane);
#pragma unroll
            for (int i = 0; i < P / 32; ++i)
                addProduct(gradX[i], left,
                           rightFactorTransposed(shared.gradState + 16 * (half + 2 * i) * strideN + k,
                                                 strideN, lane));
        }
        float sums[2] = {};
#pragma unroll
        for (int i = 0; i < P / 32; ++i) {
#pragma unroll
            for (int t = 0; t < 2; ++t) {
#pragma unroll
                for (int e = 0; e < 4; e += 2) {
                    const u32 x =
                        pairAt(shared.x + position(e) * strideP + 16 * (half + 2 * i) + columnOf(lane, t, 0));
                    float* gradient = gradX[i].tile[t] + e;
                    sums[e / 2] += low16(x) * gradient[0] + high16(x) * gradient[1];
                    gradient[0] *= factor[e / 2];
                    gradient[1] *= factor[e / 2];
                }
            }
        }
        writeRowSums(shared.leaving[half], sums);
    }

    DEVICE void writeRowSums(float* to, const float (&sums)[2]) const {
#pragma unroll
        for (int i = 0; i < 2; ++i) {
            const float sum = sumOfRow(sums[i]);
            if (lane % 4 == 0)
                to[position(2 * i)] = sum;
        }
    }

    /// Adds M' dy + D dy.
    DEVICE void finishGradX(float skip) {
#pragma unroll
        for (int k = 0; k < squares; ++k) {
            if (k < row)
                continue;
            const Factor left = leftFactorTransposed(shared.m + 16 * k * strideM + 16 * row, strideM, lane);
#pragma unroll
            for (int i = 0; i < P / 32; ++i)
                addProduct(gradX[i], left,
                           rightFactor(shared.gradY + 16 * k * strideP + 16 * (half + 2 * i), strideP, lane));
        }
#pragma unroll
        for (int i = 0; i < P / 32; ++i) {
#pragma unroll
            for (int t = 0; t < 2; ++t) {
#pragma unroll
                for (int e = 0; e < 4; e += 2) {
                    const float diagonal = shared.diagonal[position(e)] + skip;
                    const u32 gradY = pairAt(shared.gradY + position(e) * strideP + 16 * (half + 2 * i) +
                                             columnOf(lane, t, 0));
                    gradX[i].tile[t][e] += diagonal * low16(gradY);
                    gradX[i].tile[t][e + 1] += diagonal * high16(gradY);
                }
            }
        }
    }

    /// Writes E to the place of M.
    DEVICE void writeGradScore() {
#pragma unroll
        for (int i = 0; i < 2; ++i) {
            const int column = half + 2 * i;
            if (column > row)
                continue;
#pragma unroll
            for (int t = 0; t < 2; ++t) {
                u16* at = shared.m + position(0) * strideM + 16 * column + columnOf(lane, t, 0);
                storePair(at, gradScore[i].tile[t][0], gradScore[i].tile[t][1]);
                storePair(at + 8 * strideM, gradScore[i].tile[t][2], gradScore[i].tile[t][3]);
            }
        }
    }

    /// Adds E B to the gradient of C, E' C to that of B.
    DEVICE void finishGradBAndC() {
#pragma unroll
        for (int k = 0; k < squares; ++k) {
            if (k <= row) {
                const Factor left = leftFactor(shared.m + 16 * row * strideM + 16 * k, strideM, lane);
                addTokens(gradC, left, shared.b + 16 * k * strideN);
            }
            if (k >= row) {
                const Factor left =
                    leftFactorTransposed(shared.m + 16 * k * strideM + 16 * row, strideM, lane);
                addTokens(gradB, left, shared.c + 16 * k * strideN);
            }
        }
    }
    DEVICE void addTokens(Square (&sums)[squaresPerWarp], const Factor& left, const u16* tokens) {
#pragma unroll
        for (int i = 0; i < squaresPerWarp; ++i) {
            const int column = half + 2 * i;
            if (column < squaresOfN)
                addProduct(sums[i], left, rightFactor(tokens + 16 * column, strideN, lane));
        }
    }
};

/// A thread's part of the inner product of two tiles [P, N].
template <int P, int N>
DEVICE float innerProduct(const u16* a, const u16* b, int thread) {
    float sum = 0;
    for (int i = thread; i < P * N / 2; i += threads) {
        const int at = i / (N / 2) * (N + 8) + i % (N / 2) * 2;
        const u32 ofA = pairAt(a + at);
        const u32 ofB = pairAt(b + at);
        sum += low16(ofA) * low16(ofB) + high16(ofA) * high16(ofB);
    }
    return sum;
}

/// The gradients of dt, A_log and D of a head, by one warp.
struct StepGradients {
    float step[2]; ///< of dt, at positions 63 - lane and 31 - lane
    float aLog;
    float d;

    DEVICE static int position(int lane, int i) { return chunkLength - 1 - lane - 32 * i; }
};
template <int P, int N>
DEVICE StepGradients stepGradients(const Shared<P, N>& shared, float rate, bool hasState, bool hasGradState,
                                   int lane) {
    const float whole = shared.position[chunkLength - 1];
    StepGradients gradients = {};
    float gradPosition[2];
    float leaving = 0;
#pragma unroll
    for (int i = 0; i < 2; ++i) {
        const int p = StepGradients::position(lane, i);
        const float step = shared.step[p];
        float sum = 0;
        for (int square = p / 16; square < squares; ++square)
            sum += shared.columnSums[square][p];
        if (hasGradState) {
            const float leaves =
                exponential(whole - shared.position[p]) * (shared.leaving[0][p] + shared.leaving[1][p]);
            sum += leaves;
            leaving += step * leaves;
        }
        gradients.step[i] = sum + shared.gradDiagonal[p];
        gradPosition[i] = shared.rowSums[0][p] + shared.rowSums[1][p] - step * sum;
        gradients.d += shared.skip[p];
    }
    // The decay over the whole chunk scales everything that leaves it.
    float gradWhole = sumOfWarp(leaving);
    if (hasState && hasGradState) {
        float sum = 0;
        for (int i = 0; i < threads / 32; ++i)
            sum += shared.stateSums[i];
        gradWhole += exponential(whole) * sum;
    }
    const ChunkSums sums = runningSums(gradPosition[0], gradPosition[1], lane);
    const float gradLog[2] = {sums.low + gradWhole, sums.high + gradWhole};
#pragma unroll
    for (int i = 0; i < 2; ++i) {
        gradients.step[i] += rate * gradLog[i];
        gradients.aLog += rate * shared.step[StepGradients::position(lane, i)] * gradLog[i];
    }
    gradients.aLog = sumOfWarp(gradients.aLog);
    gradients.d = sumOfWarp(gradients.d);
    return gradients;
}

} // namespace scan_backward
