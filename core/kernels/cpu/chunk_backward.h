// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/scan_tile.h"

/// State-space scan, backward pass of one chunk: from the gradient of y, [n, D], to those of x, B, C, dt,
/// the decays, d and the states.
namespace headroom {

/// Scratch memory for the gradients of one chunk, including those carried over from the next chunk.
template <class S>
struct BackwardScratch {
    explicit BackwardScratch(const ScanSizes& sizes)
        : y(sizes.chunkLength * sizes.inner), gradScores(ScanScratch<S>::square(sizes)),
          gradMatrix(gradScores.size()), gradStates(sizes.chunks() > 1 ? sizes.state * sizes.inner : 0),
          product(sizes.chunkLength * std::max(sizes.headdim, sizes.state)), token(2 * sizes.inner),
          columns(wholeLanes(sizes.chunkLength)), gradSums(sizes.chunkLength * sizes.heads()),
          gradDt(gradSums.size()),
          gradConv(static_cast<std::size_t>((sizes.chunkLength + sizes.taps - 1) * sizes.convStride())) {}

    AlignedVector<S> y;          ///< [n, D]; then its gradient
    AlignedVector<S> gradScores; ///< [n, wholeLanes(n)]
    AlignedVector<S> gradMatrix; ///< [n, wholeLanes(n)]
    AlignedVector<S> gradStates; ///< [H, N, P], of the states after the chunk
    AlignedVector<S> product;    ///< [n, P] or [n, N]
    AlignedVector<S> token;      ///< [2, D]
    AlignedVector<S> columns;    ///< [n]
    AlignedVector<S> gradSums;   ///< [H, n], of the sums of dt A from the chunk's start
    AlignedVector<S> gradDt;     ///< [H, n], without the part through gradSums
    AlignedVector<S> gradConv;   ///< [n + taps - 1, D + 2 N]: x, B, C; the last taps - 1 of the next chunk
};

/// Views of the gradients of one head.
template <class S>
struct HeadGradients {
    const S* y;            ///< [n, P]
    std::int64_t stride;   ///< between rows of y
    S* x;                  ///< [n, P]
    S* b;                  ///< [n, N], shared by all heads, accumulated
    S* c;                  ///< [n, N], shared by all heads, accumulated
    std::int64_t channels; ///< between rows of x, B and C
    S* sums;               ///< [n]
    S* dt;                 ///< [n]
};

template <class S>
HEADROOM_INLINE S dot(const S* a, const S* b, std::int64_t n) {
    S sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < n; ++i)
        sum += a[i] * b[i];
    return sum;
}

/// Backward pass of transferMatrix(): from the gradient of m = scores l dt + d to those of scores
/// (accumulated), dt and the sums of dt A. Writes m to `matrix`.
/// @return the gradient of d
template <class S>
HEADROOM_INLINE S transferMatrixBackward(std::int64_t n, const S* scores, const S* decay, const S* dt, S d,
                                         const S* gradMatrix, S* l, S* columns, S* matrix, S* gradScores,
                                         S* gradSums, S* gradDt) {
    const std::int64_t stride = wholeLanes(n);
    std::fill(columns, columns + stride, S(0));
    S gradD = 0;
    for (std::int64_t i = 0; i < n; ++i) {
        nextDecays(i, decay[i], l);
        const S* score = scores + i * stride;
        const S* gradM = gradMatrix + i * stride;
        S* m = matrix + i * stride;
        S* gradScore = gradScores + i * stride;
        S sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t j = 0; j < wholeLanes(i + 1); ++j) {
            const S left = score[j] * l[j];
            const S along = gradM[j] * left;
            m[j] = left * dt[j];
            gradScore[j] += gradM[j] * l[j] * dt[j];
            columns[j] += along;
            sum += along * dt[j];
        }
        gradSums[i] = sum;
        // The diagonal has no decay, so it contributes nothing to the sums. Adding and subtracting the same
        // term would leave a rounding error.
        m[i] = score[i] * dt[i] + d;
        gradScore[i] += gradM[i] * dt[i];
        gradDt[i] = gradM[i] * score[i];
        gradD += gradM[i];
        endRow(i, stride, l, m);
    }
    for (std::int64_t j = 0; j < n; ++j) {
        gradSums[j] -= columns[j] * dt[j];
        gradDt[j] += columns[j];
    }
    return gradD;
}

/// The part of y that comes from positions of the same chunk: sets the gradients of x, dt and the sums, adds
/// to gradScores.
/// @return the gradient of d
template <class S>
HEADROOM_INLINE S withinChunkBackward(const Head<S>& head, S d, ScanScratch<S>& forward,
                                      BackwardScratch<S>& scratch, const HeadGradients<S>& gradients) {
    lowerOuterProduct<S>(forward.multiply, head.n, gradients.y, gradients.stride, head.x, head.channels,
                         head.width, scratch.gradMatrix.data());
    const S gradD = transferMatrixBackward(head.n, forward.scores.data(), head.decay, head.dt, d,
                                           scratch.gradMatrix.data(), forward.l.data(),
                                           scratch.columns.data(), forward.matrix.data(),
                                           scratch.gradScores.data(), gradients.sums, gradients.dt);
    lowerTransposedProduct<S>(forward.multiply, head.n, forward.matrix.data(), gradients.y, gradients.stride,
                              gradients.x, gradients.channels, head.width, false);
    return gradD;
}

/// Backward pass of advanceState(): adds to the gradients of x, B, dt and the sums.
/// @param state the state before the chunk; null if zero
/// @param gradState in: gradient of the state after the chunk; out: that of the state before it, as far as it
///     passes through the decay over the chunk
template <class S>
HEADROOM_INLINE void stateWriteBackward(const Head<S>& head, const S* state, S* gradState,
                                        ScanScratch<S>& forward, BackwardScratch<S>& scratch,
                                        const HeadGradients<S>& gradients) {
    const std::int64_t n = head.n;
    S* left = forward.left.data();
    S* product = scratch.product.data();
    forward.multiply({head.b, head.channels}, {gradState, head.width}, product, head.width, n, head.width,
                     head.states, false);
    const S whole = decayToEnd(head, left);
    for (std::int64_t t = 0; t < n; ++t) {
        const S along = left[t] * dot(head.x + t * head.channels, product + t * head.width, head.width);
        gradients.dt[t] += along;
        gradients.sums[t] -= along * head.dt[t];
        gradients.sums[n - 1] += along * head.dt[t];
        left[t] *= head.dt[t];
        S* gradX = gradients.x + t * gradients.channels;
#pragma omp simd
        for (std::int64_t p = 0; p < head.width; ++p)
            gradX[p] += left[t] * product[t * head.width + p];
    }
    S* weighted = forward.weighted.data();
    scaleRows(n, head.width, head.x, head.channels, left, weighted, head.width);
    forward.multiply({weighted, head.width}, {gradState, head.width, true}, gradients.b, gradients.channels,
                     n, head.states, head.width, true);
    if (state != nullptr)
        gradients.sums[n - 1] += whole * dot(state, gradState, head.states * head.width);
    for (std::int64_t i = 0; i < head.states * head.width; ++i)
        gradState[i] *= whole;
}

/// The part of y that comes from the state before the chunk: adds to the gradients of C, the sums and that
/// state.
template <class S>
HEADROOM_INLINE void stateReadBackward(const Head<S>& head, const S* state, S* gradState,
                                       ScanScratch<S>& forward, BackwardScratch<S>& scratch,
                                       const HeadGradients<S>& gradients) {
    S* weighted = forward.weighted.data(); // the gradient of y, decayed from the start
    S* gradC = scratch.product.data();
    decayFromStart(head, forward.left.data());
    scaleRows(head.n, head.width, gradients.y, gradients.stride, forward.left.data(), weighted, head.width);
    forward.multiply({weighted, head.width}, {state, head.width, true}, gradC, head.states, head.n,
                     head.states, head.width, false);
    for (std::int64_t t = 0; t < head.n; ++t) {
        const S* of = gradC + t * head.states;
        S* sum = gradients.c + t * gradients.channels;
        gradients.sums[t] += dot(of, head.c + t * head.channels, head.states);
#pragma omp simd
        for (std::int64_t s = 0; s < head.states; ++s)
            sum[s] += of[s];
    }
    forward.multiply({head.c, head.channels, true}, {weighted, head.width}, gradState, head.width,
                     head.states, head.width, head.n, true);
}

/// Backward pass of one chunk, all heads. Reads the gradient of y in scratch.y, that of the states after the
/// chunk in scratch.gradStates, and forward.scores, which chunkOutput() wrote.
/// @param states before the chunk, [H, N, P]; null for the first chunk
/// @param last whether no chunk follows
template <class S>
HEADROOM_INLINE void chunkBackward(const ScanSizes& sizes, const Chunk<S>& chunk, const S* d, const S* states,
                                   bool last, ScanScratch<S>& forward, BackwardScratch<S>& scratch,
                                   S* gradD) {
    const std::int64_t n = chunk.n;
    const std::int64_t channels = sizes.convStride();
    S* gradB = scratch.gradConv.data() + sizes.inner;
    S* gradC = gradB + sizes.state;
    std::fill(scratch.gradScores.begin(), scratch.gradScores.end(), S(0));
    for (std::int64_t t = 0; t < n; ++t)
        std::fill(gradB + t * channels, gradB + t * channels + 2 * sizes.state, S(0));
    if (last)
        std::fill(scratch.gradStates.begin(), scratch.gradStates.end(), S(0));
    for (std::int64_t h = 0; h < sizes.heads(); ++h) {
        const Head<S> head(sizes, chunk, h);
        const HeadGradients<S> gradients{.y = scratch.y.data() + h * sizes.headdim,
                                         .stride = sizes.inner,
                                         .x = scratch.gradConv.data() + h * sizes.headdim,
                                         .b = gradB,
                                         .c = gradC,
                                         .channels = channels,
                                         .sums = scratch.gradSums.data() + h * n,
                                         .dt = scratch.gradDt.data() + h * n};
        const std::int64_t first = h * sizes.state * sizes.headdim;
        const S* state = states == nullptr ? nullptr : states + first;
        S* gradState = scratch.gradStates.data() + first;
        gradD[h] += withinChunkBackward(head, d[h], forward, scratch, gradients);
        if (!last)
            stateWriteBackward(head, state, gradState, forward, scratch, gradients);
        if (state != nullptr)
            stateReadBackward(head, state, gradState, forward, scratch, gradients);
    }
    const S* b = chunk.xbc + sizes.inner;
    const S* c = b + sizes.state;
    lowerProduct<S>(forward.multiply, n, scratch.gradScores.data(), b, channels, gradC, channels, sizes.state,
                    true);
    lowerTransposedProduct<S>(forward.multiply, n, scratch.gradScores.data(), c, channels, gradB, channels,
                              sizes.state, true);
}

} // namespace headroom
