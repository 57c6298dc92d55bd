// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Products of 16 x 16 squares on the tensor cores of a warp. Factors are bfloat16 in shared memory; their
// rows are padded by 16 bytes, so that eight rows lie in different banks. Sums are float32 in registers.
#pragma once

#include "core/kernels/cuda/intrinsics.cuh"

/// A thread's part of 16 x 16 sums. Each of the two tiles has 8 columns, of which the thread has two, in the
/// rows `lane / 4` and `lane / 4 + 8`.
struct Square {
    float tile[2][4];
};

/// Row of sum e of a tile within its square.
DEVICE int rowOf(int lane, int e) {
    return (lane >> 2) + (e >> 1) * 8;
}
/// Column of sum e of tile t within its square.
DEVICE int columnOf(int lane, int t, int e) {
    return t * 8 + (lane & 3) * 2 + (e & 1);
}

/// A thread's fragment of a factor.
struct Factor {
    u32 pairs[4];
};

/// The left factor whose rows are stored as rows.
DEVICE Factor leftFactor(const u16* square, int stride, int lane) {
    Factor factor;
    loadMatrices(factor.pairs, square + (lane & 15) * stride + (lane >> 4) * 8);
    return factor;
}
/// The left factor whose columns are stored as rows.
DEVICE Factor leftFactorTransposed(const u16* square, int stride, int lane) {
    Factor factor;
    loadMatricesTransposed(factor.pairs, square + ((lane & 7) + (lane >> 4) * 8) * stride + (lane & 8));
    return factor;
}
/// The right factor whose rows are stored as rows.
DEVICE Factor rightFactor(const u16* square, int stride, int lane) {
    Factor factor;
    loadMatricesTransposed(factor.pairs, square + (lane & 15) * stride + (lane >> 4) * 8);
    return factor;
}
/// The right factor whose columns are stored as rows.
DEVICE Factor rightFactorTransposed(const u16* square, int stride, int lane) {
    Factor factor;
    loadMatrices(factor.pairs, square + ((lane & 7) + (lane >> 4) * 8) * stride + (lane & 8));
    return factor;
}

/// sums += left right
DEVICE void addProduct(Square& sums, const Factor& left, const Factor& right) {
#pragma unroll
    for (int t = 0; t < 2; ++t) {
        const u32 half[2] = {right.pairs[2 * t], right.pairs[2 * t + 1]};
        multiplyAdd(sums.tile[t], left.pairs, half);
    }
}

DEVICE u32 pairAt(const u16* at) {
    return *reinterpret_cast<const u32*>(at);
}
DEVICE void storePair(u16* at, float low, float high) {
    *reinterpret_cast<u32*>(at) = packBfloat16(low, high);
}

/// A number that is the same in all lanes of a warp. Lets the compiler see that they branch together.
DEVICE int uniform(int number) {
    return static_cast<int>(floatAsBits(shuffle(bitsAsFloat(static_cast<u32>(number)), 0)));
}

DEVICE u32 exchange(u32 bits, int mask) {
    return floatAsBits(shuffleXor(bitsAsFloat(bits), mask));
}

/// Writes a square as bfloat16. The lanes that share a row exchange their pairs, so that each has eight
/// adjacent numbers.
/// @param at address of eight numbers, from row and column of the square; null to skip them
template <class Address>
DEVICE void writeSquare(const Square& square, int lane, const Address& at) {
    u32 pairs[4]; // of the four pieces of eight: tiles, upper rows first
#pragma unroll
    for (int i = 0; i < 4; ++i)
        pairs[i] = packBfloat16(square.tile[i % 2][i / 2 * 2], square.tile[i % 2][i / 2 * 2 + 1]);
    const bool odd = (lane & 1) != 0;
    const bool lower = (lane & 2) != 0;
    const u32 first = exchange(odd ? pairs[0] : pairs[1], 1);
    const u32 second = exchange(odd ? pairs[2] : pairs[3], 1);
    const u32 above[2] = {odd ? first : pairs[0], odd ? pairs[1] : first};
    const u32 below[2] = {odd ? second : pairs[2], odd ? pairs[3] : second};
    const u32 third = exchange(lower ? above[0] : below[0], 2);
    const u32 fourth = exchange(lower ? above[1] : below[1], 2);
    u16* to = at(rowOf(lane, lane & 2), (lane & 1) * 8);
    if (to != nullptr)
        store(to, lower ? Eight{{third, fourth, below[0], below[1]}}
                        : Eight{{above[0], above[1], third, fourth}});
}

/// Reads a square of bfloat16: the inverse of writeSquare().
/// @param pairs receives pairs of columns: those of both tiles in the upper row, then in the lower one
/// @param at address of eight numbers, from row and column of the square; null for zeros
template <class Address>
DEVICE void readSquare(u32 (&pairs)[4], int lane, const Address& at) {
    const u16* from = at(rowOf(lane, lane & 2), (lane & 1) * 8);
    Eight own = {};
    if (from != nullptr)
        own = load(from);
    const bool odd = (lane & 1) != 0;
    const bool lower = (lane & 2) != 0;
    const u32 first = exchange(lower ? own.pair[0] : own.pair[2], 2);
    const u32 second = exchange(lower ? own.pair[1] : own.pair[3], 2);
    const u32 above[2] = {lower ? first : own.pair[0], lower ? second : own.pair[1]};
    const u32 below[2] = {lower ? own.pair[2] : first, lower ? own.pair[3] : second};
    const u32 third = exchange(odd ? above[0] : above[1], 1);
    const u32 fourth = exchange(odd ? below[0] : below[1], 1);
    pairs[0] = odd ? third : above[0];
    pairs[1] = odd ? above[1] : third;
    pairs[2] = odd ? fourth : below[0];
    pairs[3] = odd ? below[1] : fourth;
}

/// Sums over the lanes that share a row of a square.
DEVICE float sumOfRow(float x) {
    x += shuffleXor(x, 1);
    return x + shuffleXor(x, 2);
}
/// Sums over the lanes that share a column of a square.
DEVICE float sumOfColumn(float x) {
    x += shuffleXor(x, 4);
    x += shuffleXor(x, 8);
    return x + shuffleXor(x, 16);
}
DEVICE float sumOfWarp(float x) {
    return sumOfColumn(sumOfRow(x));
}

/// Positions per chunk.
constexpr int chunkLength = 64;

/// Running sums over the positions of a chunk: a lane has position `lane` and position `lane + 32`.
struct ChunkSums {
    float low;
    float high;
};
DEVICE ChunkSums runningSums(float low, float high, int lane) {
#pragma unroll
    for (int distance = 1; distance < 32; distance *= 2) {
        const float ofLow = shuffleUp(low, distance);
        const float ofHigh = shuffleUp(high, distance);
        low += lane >= distance ? ofLow : 0;
        high += lane >= distance ? ofHigh : 0;
    }
    return {low, high + shuffle(low, 31)};
}

/// Tokens of a row by position in scan order.
struct RowPositions {
    i64 first; ///< token at the row's first position in memory
    int length;
    int backward;

    DEVICE i64 token(int p) const { return first + (backward ? length - 1 - p : p); }
};

/// A tile [rows, columns] prefetched into the registers of a block's threads, while the block still works on
/// the previous tile in shared memory.
template <int rows, int columns, int threads>
struct FetchedTile {
    static constexpr int count = rows * columns / 8;
    static constexpr int each = (count + threads - 1) / threads;

    Eight eights[each];

    /// @param at address of 8 numbers, from row and column; null for zeros
    template <class Address>
    DEVICE void fetch(int thread, const Address& at) {
#pragma unroll
        for (int i = 0; i < each; ++i) {
            const int index = thread + i * threads;
            const u16* from = nullptr;
            if (count % threads == 0 || index < count)
                from = at(index / (columns / 8), index % (columns / 8) * 8);
            eights[i] = Eight{};
            if (from != nullptr)
                eights[i] = load(from);
        }
    }
    DEVICE void place(int thread, u16* to, int stride) const {
#pragma unroll
        for (int i = 0; i < each; ++i) {
            const int index = thread + i * threads;
            if (count % threads == 0 || index < count)
                store(to + index / (columns / 8) * stride + index % (columns / 8) * 8, eights[i]);
        }
    }
};

/// A warp's part of a head's transposed state [P, N]: 16 of its rows, in registers.
template <int N>
struct WarpState {
    Square squares[N / 16];

    DEVICE void multiply(float factor) {
#pragma unroll
        for (int k = 0; k < N / 16; ++k) {
#pragma unroll
            for (int i = 0; i < 8; ++i)
                squares[k].tile[i / 4][i % 4] *= factor;
        }
    }

    /// Adds weight(p) vector_p token_p' over the positions of a chunk.
    /// @param vectors [chunkLength, 16], @param tokens [chunkLength, N] in shared memory
    template <class Weight>
    DEVICE void add(const u16* vectors, int vectorStride, const u16* tokens, int tokenStride, int lane,
                    const Weight& weight) {
        Factor left[chunkLength / 16];
#pragma unroll
        for (int k = 0; k < chunkLength / 16; ++k) {
            left[k] = leftFactorTransposed(vectors + 16 * k * vectorStride, vectorStride, lane);
#pragma unroll
            for (int half = 0; half < 2; ++half) {
                const int p = 16 * k + 8 * half + (lane & 3) * 2;
                const float first = weight(p);
                const float second = weight(p + 1);
#pragma unroll
                for (int i = 2 * half; i < 2 * half + 2; ++i) {
                    u32& pair = left[k].pairs[i];
                    pair = packBfloat16(low16(pair) * first, high16(pair) * second);
                }
            }
        }
#pragma unroll
        for (int column = 0; column < N / 16; ++column) {
#pragma unroll
            for (int k = 0; k < chunkLength / 16; ++k)
                addProduct(squares[column], left[k],
                           rightFactor(tokens + 16 * k * tokenStride + 16 * column, tokenStride, lane));
        }
    }

    /// Rows of the state from 16 k on as a right factor. The registers already have its layout.
    DEVICE Factor rightRows(int k) const {
        Factor factor;
#pragma unroll
        for (int i = 0; i < 4; ++i) {
            const float* from = squares[k].tile[i % 2] + i / 2 * 2;
            factor.pairs[i] = packBfloat16(from[0], from[1]);
        }
        return factor;
    }

    /// @param to [16, N]; null writes nothing
    DEVICE void write(u16* to, int lane) const {
#pragma unroll
        for (int k = 0; k < N / 16; ++k)
            writeSquare(squares[k], lane, [&](int row, int column) {
                return to != nullptr ? to + row * N + 16 * k + column : nullptr;
            });
    }
};
