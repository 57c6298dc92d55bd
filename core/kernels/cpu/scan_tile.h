#pragma once

#include "core/kernels/cpu/aligned_memory.h"
#include "core/kernels/cpu/product.h"
#include "core/kernels/cpu/scan_rows.h"
#include "core/kernels/cpu/vector_code.h"

#include <algorithm>
#include <cmath>
#include <vector>

/// The parts of a gated scan on one row or one chunk of it, shared by the forward and the backward pass.
/// Everything here computes in S and stays in the cache.
namespace headroom {

/// Numbers that are computed at once. Rows of scratch matrices are a multiple of it apart, and loops over
/// them run to such a multiple: what is left over at a row's end would take them as long as all the rest.
inline constexpr std::int64_t lane = 16;

HEADROOM_INLINE std::int64_t wholeLanes(std::int64_t count) {
    return (count + lane - 1) / lane * lane;
}

/// Products with a lower triangular factor are cut into blocks of this many rows, leaving out what is zero.
inline constexpr std::int64_t triangleBlock = 32;

/// One row of tokens, in the order in which the scan runs over its positions.
template <class T>
struct Row {
    T* first;
    std::int64_t step; ///< from one position to the next; negative when running backward

    T* at(std::int64_t position) const { return first + position * step; }
};

template <class T>
HEADROOM_INLINE Row<T> rowOf(const ScanSizes& sizes, Tokens<T> tokens, std::int64_t row) {
    T* data = tokens.data + row * tokens.row;
    if (sizes.backward)
        return {data + (sizes.length - 1) * tokens.token, -tokens.token};
    return {data, tokens.token};
}

/// What both passes need of the parameters, computed once per call.
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

    AlignedVector<S> conv; ///< [taps, D + 2 N], convStride() apart
    AlignedVector<S> rate; ///< A by head
};

/// Time steps and decays of one row, by head: each [H, length], and a lane that loops may read.
template <class S>
struct TimeSteps {
    explicit TimeSteps(const ScanSizes& sizes)
        : length(sizes.length), dt(static_cast<std::size_t>(sizes.heads() * length + lane)), decay(dt.size()),
          slope(dt.size()) {}

    std::int64_t length;
    AlignedVector<S> dt;    ///< softplus(raw + bias)
    AlignedVector<S> decay; ///< exp(dt A): what is left of the state after one step
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

/// What is left after one more step. What has decayed to nothing becomes zero before it is denormal, which
/// processors multiply a hundred times more slowly.
template <class S>
HEADROOM_INLINE S decayed(S left, S decay) {
    constexpr S nothing = S(1e-30);
    const S product = left * decay;
    return product < nothing ? S(0) : product;
}

/// Row i of the triangle of decays from the one before: l[j] = product of decay[j + 1 ... i] for j < i, and 0
/// from there to the end of the lane. endRow() sets the diagonal.
/// A product, not a difference of sums: as exact as the step itself, and no exponential per entry.
template <class S>
HEADROOM_INLINE void nextDecays(std::int64_t i, S decay, S* l) {
    if (i % lane == 0)
        std::fill(l + i, l + i + lane, S(0));
#pragma omp simd
    for (std::int64_t j = 0; j < wholeLanes(i + 1); ++j)
        l[j] = decayed(l[j], decay);
}

/// Ends row i: zeros from its last lane to the end of its block, and the diagonal of the decays.
template <class S>
HEADROOM_INLINE void endRow(std::int64_t i, std::int64_t stride, S* l, S* m) {
    l[i] = S(1);
    std::fill(m + wholeLanes(i + 1), m + std::min(stride, (i / triangleBlock + 1) * triangleBlock), S(0));
}

/// The matrix that takes x to y within a chunk, lower triangular: m[i][j] = (C_i B_j) l[i][j] dt[j], and d
/// more on the diagonal. Zero behind the diagonal as far as its block of rows goes. `l` is scratch, [n].
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

/// y = L x, L [n, n] lower triangular with zeros to the end of each diagonal block, wholeLanes(n) between its
/// rows; x, y [n, columns].
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

/// y = L' x, as above.
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

/// The lower triangle, in whole blocks, of a b': a, b [n, inner]; wholeLanes(n) between its rows.
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
    const S* xbc;   ///< [n, D + 2 N], convStride() apart
    const S* dt;    ///< [H, stride]
    const S* decay; ///< [H, stride]
    std::int64_t stride;
};

/// One head of a chunk: what is worked on at once, so that all of it and the head's state stay in the cache.
template <class S>
struct Head {
    Head(const ScanSizes& sizes, const Chunk<S>& chunk, std::int64_t index)
        : n(chunk.n), width(sizes.headdim), states(sizes.state), channels(sizes.convStride()),
          x(chunk.xbc + index * width), b(chunk.xbc + sizes.inner), c(b + sizes.state),
          dt(chunk.dt + index * chunk.stride), decay(chunk.decay + index * chunk.stride) {}

    std::int64_t n;
    std::int64_t width;    ///< P
    std::int64_t states;   ///< N
    std::int64_t channels; ///< between positions of x, B and C
    const S* x;            ///< [n, P]
    const S* b;            ///< [n, N], of all heads
    const S* c;            ///< [n, N], of all heads
    const S* dt;           ///< [n]
    const S* decay;        ///< [n]
};

/// left[t]: what is left at t of the state before the chunk; [n].
template <class S>
HEADROOM_INLINE void decayFromStart(const Head<S>& head, S* left) {
    S product = 1;
    for (std::int64_t t = 0; t < head.n; ++t) {
        product = decayed(product, head.decay[t]);
        left[t] = product;
    }
}

/// left[t]: what is left at the chunk's end of what position t put in; [n].
/// @return what is left there of the state before the chunk
template <class S>
HEADROOM_INLINE S decayToEnd(const Head<S>& head, S* left) {
    S product = 1;
    for (std::int64_t t = head.n - 1; t >= 0; --t) {
        left[t] = product;
        product = decayed(product, head.decay[t]);
    }
    return product;
}

/// out[t, :] = in[t, :] * factor[t], of `width` numbers; `out` may be `in`.
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
        : multiply(sizes.tiled), scores(square(sizes)), matrix(square(sizes)),
          l(wholeLanes(sizes.chunkLength)), left(sizes.chunkLength),
          weighted(sizes.chunkLength * sizes.headdim) {}

    static std::size_t square(const ScanSizes& sizes) {
        return static_cast<std::size_t>(sizes.chunkLength * wholeLanes(sizes.chunkLength));
    }

    Product<S> multiply;
    AlignedVector<S> scores;   ///< C B', [n, wholeLanes(n)]
    AlignedVector<S> matrix;   ///< [n, wholeLanes(n)]
    AlignedVector<S> l;        ///< [n]
    AlignedVector<S> left;     ///< [n]
    AlignedVector<S> weighted; ///< [n, P]
};

/// A head's state[N, P] = state * (decay over the whole chunk) + B' (x dt, decayed to the end).
template <class S>
HEADROOM_INLINE void advanceState(const Head<S>& head, ScanScratch<S>& scratch, S* state) {
    S* left = scratch.left.data();
    const S whole = decayToEnd(head, left);
    for (std::int64_t i = 0; i < head.states * head.width; ++i)
        state[i] *= whole;
    for (std::int64_t t = 0; t < head.n; ++t)
        left[t] *= head.dt[t];
    scaleRows(head.n, head.width, head.x, head.channels, left, scratch.weighted.data(), head.width);
    scratch.multiply({head.b, head.channels, true}, {scratch.weighted.data(), head.width}, state, head.width,
                     head.states, head.width, head.n, true);
}

/// A head's y[n, P], `stride` apart, from its own positions, the state before it (null: none) and d x.
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

/// y[n, D] of a chunk; `state` [H, N, P]. Leaves C B' in scratch.scores.
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

/// All heads' states, [H, N, P].
template <class S>
HEADROOM_INLINE void advanceStates(const ScanSizes& sizes, const Chunk<S>& chunk, ScanScratch<S>& scratch,
                                   S* states) {
    for (std::int64_t h = 0; h < sizes.heads(); ++h)
        advanceState(Head<S>(sizes, chunk, h), scratch, states + h * sizes.state * sizes.headdim);
}

} // namespace headroom
