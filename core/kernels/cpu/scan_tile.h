// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/aligned_memory.h"
#include "core/kernels/cpu/product.h"
#include "core/kernels/cpu/scan_rows.h"
#include "core/kernels/cpu/vector_code.h"

#include <algorithm>
#include <cmath>
#include <vector>

/// State-space scan of one row in chunks: time steps and decays, y [n, D] of a chunk, and the states [H, N,
/// P] between chunks. Used by the forward and the backward pass. Computes in S; the scratch memory of a chunk
/// fits the cache.
namespace headroom {

/// Elements of a SIMD vector. Rows of scratch matrices are padded to a multiple of it, and loops run over the
/// padding, because scalar remainder loops would take as long as the vector loops.
inline constexpr std::int64_t lane = 16;

HEADROOM_INLINE std::int64_t wholeLanes(std::int64_t count) {
    return (count + lane - 1) / lane * lane;
}

/// Rows per block in products with a lower triangular matrix; blocks above the diagonal are skipped.
inline constexpr std::int64_t triangleBlock = 32;

/// One row of tokens in scan order.
template <class T>
struct Row {
    T* first;
    std::int64_t step; ///< from one position to the next; negative in a backward scan

    T* at(std::int64_t position) const { return first + position * step; }
};

template <class T>
HEADROOM_INLINE Row<T> rowOf(const ScanSizes& sizes, Tokens<T> tokens, std::int64_t row) {
    T* data = tokens.data + row * tokens.row;
    if (sizes.backward)
        return {data + (sizes.length - 1) * tokens.token, -tokens.token};
    return {data, tokens.token};
}

/// Parameters in the form that both passes use, computed once per scan object.
template <class S>
struct PreparedWeights {
    PreparedWeights(const ScanSizes& sizes, const ScanWeights<S>& weights)
        : conv(static_cast<std::size_t>(sizes.taps * sizes.convStride())),
          rate(weights.aLog, weights.aLog + sizes.heads()) {
        for (std::int64_t channel = 0; channel < sizes.convDim(); ++channel) {
            for (std::int64_t tap = 0; tap < sizes.taps; ++tap)
                conv[tap * sizes.convStride() + channel] = weights.conv[channel * sizes.taps + tap];
        }
        for (S& a : rate)
            a = -std::exp(a);
    }

    AlignedVector<S> conv; ///< [taps, D + 2 N], convStride() between rows
    AlignedVector<S> rate; ///< A, [H]
};

/// Time steps and decays of one row, each [H, length] plus a lane of padding that loops may read.
template <class S>
struct TimeSteps {
    explicit TimeSteps(const ScanSizes& sizes)
        : length(sizes.length), dt(static_cast<std::size_t>(sizes.heads() * length + lane)), decay(dt.size()),
          slope(dt.size()) {}

    std::int64_t length;
    AlignedVector<S> dt;    ///< softplus(raw + bias)
    AlignedVector<S> decay; ///< exp(dt A)
    AlignedVector<S> slope; ///< d dt / d raw
};

template <class S>
HEADROOM_INLINE void timeSteps(const ScanSizes& sizes, const S* dtBias, const S* rate, Row<const S> projected,
                               TimeSteps<S>& steps) {
    const std::int64_t offset = sizes.inner + sizes.convDim();
    for (std::int64_t t = 0; t < sizes.length; ++t) {
        const S* raw = projected.at(t) + offset;
        for (std::int64_t h = 0; h < sizes.heads(); ++h) {
            const S x = raw[h] + dtBias[h];
            const S dt = x > S(20) ? x : std::log1p(std::exp(x));
            const std::int64_t i = h * sizes.length + t;
            steps.dt[i] = dt;
            steps.decay[i] = std::exp(dt * rate[h]);
            steps.slope[i] = sigmoidOf(x);
        }
    }
}

/// left * decay. Flushes tiny values to zero, because multiplying denormal numbers is about a hundred times
/// slower.
template <class S>
HEADROOM_INLINE S decayed(S left, S decay) {
    constexpr S smallest = S(1e-30);
    const S product = left * decay;
    return product < smallest ? S(0) : product;
}

/// Computes row i of the triangle of decays from row i - 1: l[j] = product of decay[j + 1 ... i] for j < i,
/// and 0 from there to the end of the lane. endRow() sets the diagonal. A product is more exact than the
/// exponential of a difference of sums, and cheaper.
template <class S>
HEADROOM_INLINE void nextDecays(std::int64_t i, S decay, S* l) {
    if (i % lane == 0)
        std::fill(l + i, l + i + lane, S(0));
#pragma omp simd
    for (std::int64_t j = 0; j < wholeLanes(i + 1); ++j)
        l[j] = decayed(l[j], decay);
}

/// Completes row i: sets the diagonal of the decays, and zeros m from the last lane of the row to the end of
/// its block.
template <class S>
HEADROOM_INLINE void endRow(std::int64_t i, std::int64_t stride, S* l, S* m) {
    l[i] = S(1);
    std::fill(m + wholeLanes(i + 1), m + std::min(stride, (i / triangleBlock + 1) * triangleBlock), S(0));
}

/// The lower triangular matrix from x to y within a chunk: m[i][j] = (C_i B_j) l[i][j] dt[j], plus d on the
/// diagonal. Zero from the diagonal to the end of its block.
/// @param l scratch, [n]
template <class S>
HEADROOM_INLINE void transferMatrix(std::int64_t n, const S* scores, const S* decay, const S* dt, S d, S* l,
                                    S* m) {
    const std::int64_t stride = wholeLanes(n);
    for (std::int64_t i = 0; i < n; ++i, scores += stride, m += stride) {
        nextDecays(i, decay[i], l);
#pragma omp simd
        for (std::int64_t j = 0; j < wholeLanes(i + 1); ++j)
            m[j] = scores[j] * l[j] * dt[j];
        m[i] = scores[i] * dt[i] + d;
        endRow(i, stride, l, m);
    }
}

/// y = L x.
/// @param lower L, [n, n], lower triangular, zero to the end of each diagonal block; wholeLanes(n) between
/// rows
/// @param x, y [n, columns]
template <class S>
HEADROOM_INLINE void lowerProduct(Product<S>& multiply, std::int64_t n, const S* lower, const S* x,
                                  std::int64_t strideX, S* y, std::int64_t strideY, std::int64_t columns,
                                  bool accumulate) {
    const std::int64_t stride = wholeLanes(n);
    for (std::int64_t begin = 0; begin < n; begin += triangleBlock) {
        const std::int64_t end = std::min(n, begin + triangleBlock);
        multiply({lower + begin * stride, stride}, {x, strideX}, y + begin * strideY, strideY, end - begin,
                 columns, end, accumulate);
    }
}

/// y = L' x, with the arguments of lowerProduct().
template <class S>
HEADROOM_INLINE void lowerTransposedProduct(Product<S>& multiply, std::int64_t n, const S* lower, const S* x,
                                            std::int64_t strideX, S* y, std::int64_t strideY,
                                            std::int64_t columns, bool accumulate) {
    const std::int64_t stride = wholeLanes(n);
    for (std::int64_t begin = 0; begin < n; begin += triangleBlock) {
        const std::int64_t end = std::min(n, begin + triangleBlock);
        multiply({lower + begin * stride + begin, stride, true}, {x + begin * strideX, strideX},
                 y + begin * strideY, strideY, end - begin, columns, n - begin, accumulate);
    }
}

/// The lower triangle of a b' in whole blocks.
/// @param a, b [n, inner]
/// @param lower [n, n], wholeLanes(n) between rows
template <class S>
HEADROOM_INLINE void lowerOuterProduct(Product<S>& multiply, std::int64_t n, const S* a, std::int64_t strideA,
                                       const S* b, std::int64_t strideB, std::int64_t inner, S* lower) {
    const std::int64_t stride = wholeLanes(n);
    for (std::int64_t begin = 0; begin < n; begin += triangleBlock) {
        const std::int64_t end = std::min(n, begin + triangleBlock);
        multiply({a + begin * strideA, strideA}, {b, strideB, true}, lower + begin * stride, stride,
                 end - begin, end, inner, false);
    }
}

/// One chunk of a row.
template <class S>
struct Chunk {
    std::int64_t n; ///< positions
    const S* xbc;   ///< [n, D + 2 N], convStride() between rows
    const S* dt;    ///< [H, stride]
    const S* decay; ///< [H, stride]
    std::int64_t stride;
};

/// One head of a chunk. Heads are processed one after the other, so that a head and its state stay in the
/// cache.
template <class S>
struct Head {
    Head(const ScanSizes& sizes, const Chunk<S>& chunk, std::int64_t index)
        : n(chunk.n), width(sizes.headdim), states(sizes.state), channels(sizes.convStride()),
          x(chunk.xbc + index * width), b(chunk.xbc + sizes.inner), c(b + sizes.state),
          dt(chunk.dt + index * chunk.stride), decay(chunk.decay + index * chunk.stride) {}

    std::int64_t n;
    std::int64_t width;    ///< P
    std::int64_t states;   ///< N
    std::int64_t channels; ///< between rows of x, B and C
    const S* x;            ///< [n, P]
    const S* b;            ///< [n, N], shared by all heads
    const S* c;            ///< [n, N], shared by all heads
    const S* dt;           ///< [n]
    const S* decay;        ///< [n]
};

/// left[t]: decay from before the chunk to position t, [n].
template <class S>
HEADROOM_INLINE void decayFromStart(const Head<S>& head, S* left) {
    S product = 1;
    for (std::int64_t t = 0; t < head.n; ++t) {
        product = decayed(product, head.decay[t]);
        left[t] = product;
    }
}

/// left[t]: decay from position t to the end of the chunk, [n].
/// @return the decay over the whole chunk
template <class S>
HEADROOM_INLINE S decayToEnd(const Head<S>& head, S* left) {
    S product = 1;
    for (std::int64_t t = head.n - 1; t >= 0; --t) {
        left[t] = product;
        product = decayed(product, head.decay[t]);
    }
    return product;
}

/// out[t, :] = in[t, :] * factor[t], rows of `width` elements. `out` may be `in`.
template <class S>
HEADROOM_INLINE void scaleRows(std::int64_t rows, std::int64_t width, const S* in, std::int64_t strideIn,
                               const S* factor, S* out, std::int64_t strideOut) {
    for (std::int64_t t = 0; t < rows; ++t) {
#pragma omp simd
        for (std::int64_t p = 0; p < width; ++p)
            out[t * strideOut + p] = in[t * strideIn + p] * factor[t];
    }
}

/// Scratch memory for one chunk.
template <class S>
struct ScanScratch {
    explicit ScanScratch(const ScanSizes& sizes)
        : multiply(sizes.products), transposedB(Side::Left, sizes.products),
          weightedX(Side::Right, sizes.products), scores(square(sizes)), matrix(square(sizes)),
          l(wholeLanes(sizes.chunkLength)), left(sizes.chunkLength),
          weighted(sizes.chunkLength * sizes.headdim) {}

    static std::size_t square(const ScanSizes& sizes) {
        return static_cast<std::size_t>(sizes.chunkLength * wholeLanes(sizes.chunkLength));
    }

    Product<S> multiply;
    PackedMatrix<S> transposedB; ///< of a chunk, for all heads
    PackedMatrix<S> weightedX;   ///< of a head
    AlignedVector<S> scores;     ///< C B', [n, wholeLanes(n)]
    AlignedVector<S> matrix;     ///< [n, wholeLanes(n)]
    AlignedVector<S> l;          ///< [n]
    AlignedVector<S> left;       ///< [n]
    AlignedVector<S> weighted;   ///< [n, P]
};

/// Updates the state [N, P] of a head, with B' of the chunk packed: state * (decay over the chunk) + B' (x
/// dt, decayed to the end).
template <class S>
HEADROOM_INLINE void advanceState(const Head<S>& head, ScanScratch<S>& scratch, S* state) {
    S* left = scratch.left.data();
    const S whole = decayToEnd(head, left);
    for (std::int64_t i = 0; i < head.states * head.width; ++i)
        state[i] *= whole;
    for (std::int64_t t = 0; t < head.n; ++t)
        left[t] *= head.dt[t];
    scaleRows(head.n, head.width, head.x, head.channels, left, scratch.weighted.data(), head.width);
    scratch.weightedX.pack({scratch.weighted.data(), head.width}, head.width, head.n);
    multiply(scratch.transposedB, scratch.weightedX, state, head.width, true);
}

/// Computes y of one head from the positions of the chunk, the state before it and d x.
/// @param state before the chunk, [N, P]; null if zero
/// @param y [n, P] with `stride` between rows
template <class S>
HEADROOM_INLINE void headOutput(const Head<S>& head, S d, const S* state, ScanScratch<S>& scratch, S* y,
                                std::int64_t stride) {
    const bool accumulate = state != nullptr;
    if (accumulate) {
        scratch.multiply({head.c, head.channels}, {state, head.width}, y, stride, head.n, head.width,
                         head.states, false);
        decayFromStart(head, scratch.left.data());
        scaleRows(head.n, head.width, y, stride, scratch.left.data(), y, stride);
    }
    transferMatrix(head.n, scratch.scores.data(), head.decay, head.dt, d, scratch.l.data(),
                   scratch.matrix.data());
    lowerProduct<S>(scratch.multiply, head.n, scratch.matrix.data(), head.x, head.channels, y, stride,
                    head.width, accumulate);
}

/// Computes y of a chunk, all heads. Leaves C B' in scratch.scores.
/// @param state before the chunk, [H, N, P]; null if zero
/// @param y [n, D]
template <class S>
HEADROOM_INLINE void chunkOutput(const ScanSizes& sizes, const Chunk<S>& chunk, const S* d, const S* state,
                                 ScanScratch<S>& scratch, S* y) {
    const std::int64_t channels = sizes.convStride();
    const S* b = chunk.xbc + sizes.inner;
    lowerOuterProduct<S>(scratch.multiply, chunk.n, b + sizes.state, channels, b, channels, sizes.state,
                         scratch.scores.data());
    for (std::int64_t h = 0; h < sizes.heads(); ++h) {
        headOutput(Head<S>(sizes, chunk, h), d[h],
                   state == nullptr ? nullptr : state + h * sizes.state * sizes.headdim, scratch,
                   y + h * sizes.headdim, sizes.inner);
    }
}

/// Updates the states of all heads, [H, N, P].
template <class S>
HEADROOM_INLINE void advanceStates(const ScanSizes& sizes, const Chunk<S>& chunk, ScanScratch<S>& scratch,
                                   S* states) {
    scratch.transposedB.pack({chunk.xbc + sizes.inner, sizes.convStride(), true}, sizes.state, chunk.n);
    for (std::int64_t h = 0; h < sizes.heads(); ++h)
        advanceState(Head<S>(sizes, chunk, h), scratch, states + h * sizes.state * sizes.headdim);
}

} // namespace headroom
