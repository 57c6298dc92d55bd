// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/causal_convolution.h"
#include "core/kernels/cpu/gated_norm_token.h"
#include "core/kernels/cpu/scan_tile.h"
#include "core/support/rounding.h"

namespace headroom {
namespace {

/// Longest chunk, in positions, whose scratch memory fits the L1 and L2 caches.
constexpr std::int64_t longestChunk = 128;

/// Multiply-adds per position: half the triangle times B, C and x within the chunk, plus reading and writing
/// the state at chunk boundaries, which a single chunk does not need.
double multiplyAdds(const ScanSizes& sizes, std::int64_t chunks) {
    const double chunk = static_cast<double>(sizes.length) / static_cast<double>(chunks);
    const double edges =
        2.0 * static_cast<double>(sizes.state * sizes.inner) * (1 - 1 / static_cast<double>(chunks));
    return (chunk / 2 + 16) * static_cast<double>(sizes.state + sizes.inner + 8 * sizes.heads()) + edges;
}

} // namespace

template <class S>
struct ForwardScan<S>::Scratch {
    Scratch(const ScanSizes& s, const ScanWeights<S>& w)
        : sizes(s), weights(w), prepared(s, w), steps(s), chunk(s),
          xbc(static_cast<std::size_t>(s.chunkLength * s.convStride())),
          y(static_cast<std::size_t>(s.chunkLength * s.inner)),
          state(static_cast<std::size_t>(s.chunks() > 1 ? s.state * s.inner : 0)) {}

    ScanSizes sizes;
    ScanWeights<S> weights;
    PreparedWeights<S> prepared;
    TimeSteps<S> steps;
    ScanScratch<S> chunk;
    AlignedVector<S> xbc;   ///< [n, D + 2 N]
    AlignedVector<S> y;     ///< [n, D]
    AlignedVector<S> state; ///< [H, N, P]
};

namespace {

template <class S>
HEADROOM_INLINE void forwardRow(typename ForwardScan<S>::Scratch& scratch, Row<const S> in, Row<S> result) {
    const ScanSizes& sizes = scratch.sizes;
    const ScanWeights<S>& weights = scratch.weights;
    S* xbc = scratch.xbc.data();
    S* y = scratch.y.data();
    S* state = scratch.state.data();
    timeSteps(sizes, weights.dtBias, scratch.prepared.rate.data(), in, scratch.steps);
    std::fill(scratch.state.begin(), scratch.state.end(), S(0));
    for (std::int64_t first = 0; first < sizes.length; first += sizes.chunkLength) {
        const std::int64_t n = std::min(sizes.chunkLength, sizes.length - first);
        convolve<S>(sizes, scratch.prepared.conv.data(), weights.convBias, in, first, first + n, xbc,
                    nullptr);
        const Chunk<S> chunk{n, xbc, scratch.steps.dt.data() + first, scratch.steps.decay.data() + first,
                             sizes.length};
        chunkOutput(sizes, chunk, weights.d, first > 0 ? state : nullptr, scratch.chunk, y);
        if (first + n < sizes.length)
            advanceStates(sizes, chunk, scratch.chunk, state);
        for (std::int64_t t = 0; t < n; ++t)
            gateAndNormalize(sizes.inner, in.at(first + t), y + t * sizes.inner, result.at(first + t));
    }
}

HEADROOM_VECTOR_CLONES void runRow(ForwardScan<float>::Scratch& scratch, Row<const float> in,
                                   Row<float> result) {
    forwardRow<float>(scratch, in, result);
}

void runRow(ForwardScan<double>::Scratch& scratch, Row<const double> in, Row<double> result) {
    forwardRow<double>(scratch, in, result);
}

} // namespace

std::int64_t bestChunkLength(const ScanSizes& sizes) {
    const std::int64_t fewest = divideUp(sizes.length, longestChunk);
    std::int64_t best = fewest;
    for (std::int64_t chunks = fewest + 1; chunks <= std::min(sizes.length, 4 * fewest); ++chunks) {
        if (multiplyAdds(sizes, chunks) < multiplyAdds(sizes, best))
            best = chunks;
    }
    return divideUp(sizes.length, best);
}

double scanFlops(const ScanSizes& sizes) {
    const std::int64_t length = bestChunkLength(sizes);
    return 2 * multiplyAdds(sizes, divideUp(sizes.length, length));
}

template <class S>
ForwardScan<S>::ForwardScan(const ScanSizes& sizes, const ScanWeights<S>& weights)
    : scratch_(std::make_unique<Scratch>(sizes, weights)) {}

template <class S>
ForwardScan<S>::~ForwardScan() = default;

template <class S>
ForwardScan<S>::ForwardScan(ForwardScan&&) noexcept = default;

template <class S>
void ForwardScan<S>::run(Tokens<const S> projected, Tokens<S> out, std::int64_t rows) {
    for (std::int64_t row = 0; row < rows; ++row)
        runRow(*scratch_, rowOf(scratch_->sizes, projected, row), rowOf(scratch_->sizes, out, row));
}

template class ForwardScan<float>;
template class ForwardScan<double>;

} // namespace headroom
