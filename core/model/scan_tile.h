#pragma once

#include "core/model/aligned_memory.h"
#include "core/model/scan_rows.h"
#include "core/model/tile_product.h"
#include "core/model/vector_code.h"

#include <algorithm>
#include <cmath>

/// The parts of a gated scan on one row or one chunk of it, shared by the forward and the backward pass.
/// Everything here computes in S and stays in the cache.
namespace headroom {

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
        : conv(static_cast<std::size_t>(sizes.taps * sizes.convDim())),
          rate(weights.aLog, weights.aLog + sizes.heads()) {
        for (std::int64_t channel = 0; channel < sizes.convDim(); ++channel) {
            for (std::int64_t tap = 0; tap < sizes.taps; ++tap)
                conv[tap * sizes.convDim() + channel] = weights.conv[channel * sizes.taps + tap];
        }
        for (S& a : rate)
            a = -std::exp(a);
    }

    AlignedVector<S> conv; ///< [taps, D + 2 N]
    AlignedVector<S> rate; ///< A by head
};

/// x, B and C of positions begin ... end - 1: silu of the causal convolution, and where `slope` is not null
/// also silu's derivative. Both [end - begin, D + 2 N].
template <class S>
HEADROOM_INLINE void convolve(const ScanSizes& sizes, const S* weight, const S* bias, Row<const S> projected,
                              std::int64_t begin, std::int64_t end, S* xbc, S* slope) {
    const std::int64_t channels = sizes.convDim();
    for (std::int64_t t = begin; t < end; ++t, xbc += channels) {
        for (std::int64_t c = 0; c < channels; ++c)
            xbc[c] = bias[c];
        for (std::int64_t tap = std::max<std::int64_t>(0, sizes.taps - 1 - t); tap < sizes.taps; ++tap) {
            const S* source = projected.at(t - (sizes.taps - 1) + tap) + sizes.inner;
            const S* w = weight + tap * channels;
            for (std::int64_t c = 0; c < channels; ++c)
                xbc[c] += w[c] * source[c];
        }
        if (slope == nullptr) {
            for (std::int64_t c = 0; c < channels; ++c)
                xbc[c] *= sigmoidOf(xbc[c]);
        } else {
            for (std::int64_t c = 0; c < channels; ++c) {
                const S s = sigmoidOf(xbc[c]);
                slope[c] = s * (S(1) + xbc[c] * (S(1) - s));
                xbc[c] *= s;
            }
            slope += channels;
        }
    }
}

/// Time steps and decays of one row, by head: each [H, length].
template <class S>
struct TimeSteps {
    explicit TimeSteps(const ScanSizes& sizes)
        : length(sizes.length), dt(static_cast<std::size_t>(sizes.heads() * length)), decay(dt.size()),
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

/// One row of the triangle of decays from the one before: l[j] = product of decay[j + 1 ... i], l[i] = 1.
/// A product, not a difference of sums: as exact as the step itself, and no exponential per entry. What
/// has decayed to nothing becomes zero before it is denormal.
template <class S>
HEADROOM_INLINE void nextDecays(std::int64_t i, S decay, S* l) {
    constexpr S nothing = S(1e-30);
    for (std::int64_t j = 0; j < i; ++j) {
        const S left = l[j] * decay;
        l[j] = left < nothing ? S(0) : left;
    }
    l[i] = S(1);
}

/// The matrix that takes x to y within a chunk, lower triangular: m[i][j] = (C_i B_j) l[i][j] dt[j]. Zero
/// behind the diagonal as far as its block of rows goes. `l` is scratch, [n].
template <class S>
HEADROOM_INLINE void transferMatrix(std::int64_t n, const S* scores, const S* decay, const S* dt, S* l,
                                    S* m) {
    for (std::int64_t i = 0; i < n; ++i) {
        nextDecays(i, decay[i], l);
        for (std::int64_t j = 0; j <= i; ++j)
            m[i * n + j] = scores[i * n + j] * l[j] * dt[j];
        const std::int64_t blockEnd = std::min(n, (i / triangleBlock + 1) * triangleBlock);
        for (std::int64_t j = i + 1; j < blockEnd; ++j)
            m[i * n + j] = 0;
    }
}

/// The start of the block of rows i, and its end.
struct TriangleRows {
    std::int64_t begin;
    std::int64_t end;
};

/// y = L x, L [n, n] lower triangular with zeros to the end of each diagonal block; x, y [n, columns].
template <class S>
HEADROOM_INLINE void lowerProduct(std::int64_t n, const S* lower, const S* x, std::int64_t strideX, S* y,
                                  std::int64_t strideY, std::int64_t columns, bool accumulate) {
    for (std::int64_t begin = 0; begin < n; begin += triangleBlock) {
        const std::int64_t end = std::min(n, begin + triangleBlock);
        tileProduct<S>({lower + begin * n, n}, {x, strideX}, y + begin * strideY, strideY, end - begin,
                       columns, end, accumulate);
    }
}

/// y = L' x, as above.
template <class S>
HEADROOM_INLINE void lowerTransposedProduct(std::int64_t n, const S* lower, const S* x, std::int64_t strideX,
                                            S* y, std::int64_t strideY, std::int64_t columns,
                                            bool accumulate) {
    for (std::int64_t begin = 0; begin < n; begin += triangleBlock) {
        const std::int64_t end = std::min(n, begin + triangleBlock);
        tileProduct<S>({lower + begin * n + begin, n, true}, {x + begin * strideX, strideX},
                       y + begin * strideY, strideY, end - begin, columns, n - begin, accumulate);
    }
}

/// The lower triangle, in whole blocks, of a b': a, b [n, inner].
template <class S>
HEADROOM_INLINE void lowerOuterProduct(std::int64_t n, const S* a, std::int64_t strideA, const S* b,
                                       std::int64_t strideB, std::int64_t inner, S* lower) {
    for (std::int64_t begin = 0; begin < n; begin += triangleBlock) {
        const std::int64_t end = std::min(n, begin + triangleBlock);
        tileProduct<S>({a + begin * strideA, strideA}, {b, strideB, true}, lower + begin * n, n, end - begin,
                       end, inner, false);
    }
}

/// One chunk of a row.
template <class S>
struct Chunk {
    std::int64_t n; ///< positions
    const S* xbc;   ///< [n, D + 2 N]
    const S* dt;    ///< [H, stride]
    const S* decay; ///< [H, stride]
    std::int64_t stride;
};

/// left[t, h]: what is left at t of the state before the chunk; [n, H].
template <class S>
HEADROOM_INLINE void decayFromStart(const ScanSizes& sizes, const Chunk<S>& chunk, S* left) {
    const std::int64_t heads = sizes.heads();
    for (std::int64_t h = 0; h < heads; ++h) {
        S product = 1;
        for (std::int64_t t = 0; t < chunk.n; ++t) {
            product *= chunk.decay[h * chunk.stride + t];
            left[t * heads + h] = product;
        }
    }
}

/// left[t, h]: what is left at the chunk's end of what position t put in; [n, H].
template <class S>
HEADROOM_INLINE void decayToEnd(const ScanSizes& sizes, const Chunk<S>& chunk, S* left) {
    const std::int64_t heads = sizes.heads();
    for (std::int64_t h = 0; h < heads; ++h) {
        S product = 1;
        for (std::int64_t t = chunk.n - 1; t >= 0; --t) {
            left[t * heads + h] = product;
            product *= chunk.decay[h * chunk.stride + t];
        }
    }
}

/// out[t, h, :] = in[t, h, :] * factor[t, h]; rows of `in` are strideIn apart, those of out D.
template <class S>
HEADROOM_INLINE void scaleHeads(const ScanSizes& sizes, std::int64_t n, const S* in, std::int64_t strideIn,
                                const S* factor, S* out) {
    for (std::int64_t t = 0; t < n; ++t) {
        for (std::int64_t h = 0; h < sizes.heads(); ++h) {
            const S f = factor[t * sizes.heads() + h];
            const std::int64_t first = h * sizes.headdim;
            for (std::int64_t p = first; p < first + sizes.headdim; ++p)
                out[t * sizes.inner + p] = in[t * strideIn + p] * f;
        }
    }
}

/// state[N, D] = state * (decay over the whole chunk) + B' (x dt, decayed to the end).
/// Scratch: left [n, H], weighted [n, D].
template <class S>
HEADROOM_INLINE void advanceState(const ScanSizes& sizes, const Chunk<S>& chunk, S* left, S* weighted,
                                  S* state) {
    const std::int64_t heads = sizes.heads();
    decayFromStart(sizes, chunk, left);
    const S* whole = left + (chunk.n - 1) * heads;
    for (std::int64_t s = 0; s < sizes.state; ++s) {
        for (std::int64_t h = 0; h < heads; ++h) {
            for (std::int64_t p = 0; p < sizes.headdim; ++p)
                state[s * sizes.inner + h * sizes.headdim + p] *= whole[h];
        }
    }
    decayToEnd(sizes, chunk, left);
    for (std::int64_t t = 0; t < chunk.n; ++t) {
        for (std::int64_t h = 0; h < heads; ++h)
            left[t * heads + h] *= chunk.dt[h * chunk.stride + t];
    }
    scaleHeads(sizes, chunk.n, chunk.xbc, sizes.convDim(), left, weighted);
    tileProduct<S>({chunk.xbc + sizes.inner, sizes.convDim(), true}, {weighted, sizes.inner}, state,
                   sizes.inner, sizes.state, sizes.inner, chunk.n, true);
}

/// Scratch memory for one chunk.
template <class S>
struct ScanScratch {
    explicit ScanScratch(const ScanSizes& sizes)
        : scores(square(sizes)), matrix(square(sizes)), l(sizes.chunkLength),
          left(sizes.chunkLength * sizes.heads()), wide(sizes.chunkLength * sizes.inner) {}

    static std::size_t square(const ScanSizes& sizes) {
        return static_cast<std::size_t>(sizes.chunkLength * sizes.chunkLength);
    }

    AlignedVector<S> scores; ///< C B', [n, n]
    AlignedVector<S> matrix; ///< [n, n]
    AlignedVector<S> l;      ///< [n]
    AlignedVector<S> left;   ///< [n, H]
    AlignedVector<S> wide;   ///< [n, D]
};

/// y[n, D] of a chunk, from its own positions, the state before it (null: none) and D x. Leaves C B' in
/// scratch.scores.
template <class S>
HEADROOM_INLINE void chunkOutput(const ScanSizes& sizes, const Chunk<S>& chunk, const S* d, const S* state,
                                 ScanScratch<S>& scratch, S* y) {
    const std::int64_t channels = sizes.convDim();
    const S* b = chunk.xbc + sizes.inner;
    const S* c = b + sizes.state;
    lowerOuterProduct<S>(chunk.n, c, channels, b, channels, sizes.state, scratch.scores.data());
    const bool accumulate = state != nullptr;
    if (accumulate) {
        tileProduct<S>({c, channels}, {state, sizes.inner}, scratch.wide.data(), sizes.inner, chunk.n,
                       sizes.inner, sizes.state, false);
        decayFromStart(sizes, chunk, scratch.left.data());
        scaleHeads(sizes, chunk.n, scratch.wide.data(), sizes.inner, scratch.left.data(), y);
    }
    for (std::int64_t h = 0; h < sizes.heads(); ++h) {
        transferMatrix(chunk.n, scratch.scores.data(), chunk.decay + h * chunk.stride,
                       chunk.dt + h * chunk.stride, scratch.l.data(), scratch.matrix.data());
        const std::int64_t first = h * sizes.headdim;
        lowerProduct<S>(chunk.n, scratch.matrix.data(), chunk.xbc + first, channels, y + first, sizes.inner,
                        sizes.headdim, accumulate);
    }
    for (std::int64_t t = 0; t < chunk.n; ++t) {
        for (std::int64_t h = 0; h < sizes.heads(); ++h) {
            const std::int64_t first = h * sizes.headdim;
            for (std::int64_t p = first; p < first + sizes.headdim; ++p)
                y[t * sizes.inner + p] += d[h] * chunk.xbc[t * channels + p];
        }
    }
}

} // namespace headroom
