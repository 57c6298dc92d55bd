// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/causal_convolution.h"
#include "core/kernels/cpu/chunk_backward.h"
#include "core/kernels/cpu/gated_norm_token.h"

namespace headroom {
namespace {

/// Backward pass of timeSteps(): from the gradients of dt and of the sums to that of the raw time step, which
/// is a part of gradProjected.
template <class S>
HEADROOM_INLINE void timeStepsBackward(const ScanSizes& sizes, const Chunk<S>& chunk, const S* rate,
                                       const S* slope, const BackwardScratch<S>& scratch,
                                       Row<S> gradProjected, std::int64_t begin,
                                       const ScanGradients<S>& gradients) {
    const std::int64_t offset = sizes.inner + sizes.convDim();
    for (std::int64_t h = 0; h < sizes.heads(); ++h) {
        S gradExponent = 0;
        S gradRate = 0;
        S gradBias = 0;
        for (std::int64_t t = chunk.n - 1; t >= 0; --t) {
            gradExponent += scratch.gradSums[h * chunk.n + t];
            gradRate += gradExponent * chunk.dt[h * chunk.stride + t];
            const S gradRaw =
                (scratch.gradDt[h * chunk.n + t] + gradExponent * rate[h]) * slope[h * chunk.stride + t];
            gradBias += gradRaw;
            gradProjected.at(begin + t)[offset + h] = gradRaw;
        }
        gradients.aLog[h] += gradRate * rate[h];
        gradients.dtBias[h] += gradBias;
    }
}

/// Recomputed values of a whole row: x, B, C, silu's derivatives, time steps, and the states before its
/// chunks except the first.
template <class S>
struct RecomputedRow {
    explicit RecomputedRow(const ScanSizes& sizes)
        : xbc(static_cast<std::size_t>(sizes.length * sizes.convStride())), slope(xbc.size()), steps(sizes),
          states(static_cast<std::size_t>((sizes.chunks() - 1) * sizes.state * sizes.inner)) {}

    Chunk<S> chunk(const ScanSizes& sizes, std::int64_t first) const {
        return {std::min(sizes.chunkLength, sizes.length - first), xbc.data() + first * sizes.convStride(),
                steps.dt.data() + first, steps.decay.data() + first, sizes.length};
    }

    AlignedVector<S> xbc;
    AlignedVector<S> slope;
    TimeSteps<S> steps;
    AlignedVector<S> states; ///< [chunks - 1, H, N, P]
};

template <class S>
HEADROOM_INLINE void recomputeRow(const ScanSizes& sizes, const ScanWeights<S>& weights,
                                  const PreparedWeights<S>& prepared, Row<const S> in,
                                  ScanScratch<S>& scratch, RecomputedRow<S>& row) {
    timeSteps(sizes, weights.dtBias, prepared.rate.data(), in, row.steps);
    convolve<S>(sizes, prepared.conv.data(), weights.convBias, in, 0, sizes.length, row.xbc.data(),
                row.slope.data());
    const std::int64_t size = sizes.state * sizes.inner;
    S* state = row.states.data();
    for (std::int64_t index = 0; index + 1 < sizes.chunks(); ++index, state += size) {
        if (index == 0)
            std::fill(state, state + size, S(0));
        else
            std::copy(state - size, state, state);
        advanceStates(sizes, row.chunk(sizes, index * sizes.chunkLength), scratch, state);
    }
}

} // namespace

template <class S>
struct BackwardScan<S>::Scratch {
    Scratch(const ScanSizes& s, const ScanWeights<S>& w)
        : sizes(s), weights(w), prepared(s, w), forward(s), chunk(s), convolution(s), row(s) {}

    ScanSizes sizes;
    ScanWeights<S> weights;
    PreparedWeights<S> prepared;
    ScanScratch<S> forward;
    BackwardScratch<S> chunk;
    ConvolutionScratch<S> convolution;
    RecomputedRow<S> row;
};

namespace {

/// The inputs and outputs of one row.
template <class S>
struct BackwardRow {
    Row<const S> projected;
    Row<const S> gradOut;
    Row<S> gradProjected;
    Row<S> out;
};

template <class S>
HEADROOM_INLINE void backwardRow(typename BackwardScan<S>::Scratch& all, const BackwardRow<S>& where,
                                 const ScanGradients<S>& gradients) {
    const ScanSizes& sizes = all.sizes;
    const ScanWeights<S>& weights = all.weights;
    BackwardScratch<S>& scratch = all.chunk;
    recomputeRow(sizes, weights, all.prepared, where.projected, all.forward, all.row);
    all.convolution.clear();
    for (std::int64_t index = sizes.chunks() - 1; index >= 0; --index) {
        const std::int64_t first = index * sizes.chunkLength;
        const bool last = index + 1 == sizes.chunks();
        const Chunk<S> chunk = all.row.chunk(sizes, first);
        const S* state =
            index == 0 ? nullptr : all.row.states.data() + (index - 1) * sizes.state * sizes.inner;
        chunkOutput(sizes, chunk, weights.d, state, all.forward, scratch.y.data());
        for (std::int64_t t = 0; t < chunk.n; ++t) {
            gateAndNormalizeBackward(sizes.inner, where.projected.at(first + t), where.gradOut.at(first + t),
                                     scratch.y.data() + t * sizes.inner, where.gradProjected.at(first + t),
                                     where.out.at(first + t), scratch.token.data(),
                                     scratch.token.data() + sizes.inner);
        }
        chunkBackward(sizes, chunk, weights.d, state, last, all.forward, scratch, gradients.d);
        timeStepsBackward(sizes, chunk, all.prepared.rate.data(), all.row.steps.slope.data() + first, scratch,
                          where.gradProjected, first, gradients);
        convolveBackward(sizes, all.prepared.conv.data(), all.row.slope.data() + first * sizes.convStride(),
                         where.projected, where.gradProjected, first, chunk.n, all.convolution,
                         scratch.gradConv.data());
    }
    all.convolution.addTo(sizes, gradients);
}

HEADROOM_VECTOR_CLONES void runRow(BackwardScan<float>::Scratch& scratch, const BackwardRow<float>& where,
                                   const ScanGradients<float>& gradients) {
    backwardRow<float>(scratch, where, gradients);
}

void runRow(BackwardScan<double>::Scratch& scratch, const BackwardRow<double>& where,
            const ScanGradients<double>& gradients) {
    backwardRow<double>(scratch, where, gradients);
}

} // namespace

template <class S>
BackwardScan<S>::BackwardScan(const ScanSizes& sizes, const ScanWeights<S>& weights)
    : scratch_(std::make_unique<Scratch>(sizes, weights)) {}

template <class S>
BackwardScan<S>::~BackwardScan() = default;

template <class S>
BackwardScan<S>::BackwardScan(BackwardScan&&) noexcept = default;

template <class S>
void BackwardScan<S>::run(Tokens<const S> projected, Tokens<const S> gradOut, Tokens<S> gradProjected,
                          Tokens<S> out, const ScanGradients<S>& gradients, std::int64_t rows) {
    const ScanSizes& sizes = scratch_->sizes;
    for (std::int64_t row = 0; row < rows; ++row) {
        runRow(*scratch_,
               {rowOf(sizes, projected, row), rowOf(sizes, gradOut, row), rowOf(sizes, gradProjected, row),
                rowOf(sizes, out, row)},
               gradients);
    }
}

template class BackwardScan<float>;
template class BackwardScan<double>;

} // namespace headroom
