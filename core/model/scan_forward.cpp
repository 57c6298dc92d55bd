#include "core/model/scan_tile.h"

#include <c10/util/BFloat16.h>

namespace headroom {
namespace {

/// Of scratch in the first and second level of the cache, this many positions are what fits.
constexpr std::int64_t longestChunk = 128;

constexpr double normEps = 1e-5;

/// out = rmsnorm(y silu(z)) of one token. y is overwritten.
template <class T, class S>
HEADROOM_INLINE void gateAndNormalize(std::int64_t inner, const T* z, S* y, T* out) {
    for (std::int64_t i = 0; i < inner; ++i) {
        const S gate = static_cast<S>(z[i]);
        y[i] *= gate * sigmoidOf(gate);
    }
    S squares = 0;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < inner; ++i)
        squares += y[i] * y[i];
    const S scale = S(1) / std::sqrt(squares / static_cast<S>(inner) + static_cast<S>(normEps));
    for (std::int64_t i = 0; i < inner; ++i)
        out[i] = static_cast<T>(y[i] * scale);
}

template <class T, class S>
HEADROOM_INLINE void forwardRows(const ScanSizes& sizes, const ScanWeights<S>& weights,
                                 Tokens<const T> projected, Tokens<T> out, std::int64_t begin,
                                 std::int64_t end) {
    const PreparedWeights<S> prepared(sizes, weights);
    const std::int64_t longest = sizes.chunkLength;
    TimeSteps<S> steps(sizes);
    ScanScratch<S> scratch(sizes);
    std::vector<S> xbc(static_cast<std::size_t>(longest * sizes.convDim()));
    std::vector<S> y(static_cast<std::size_t>(longest * sizes.inner));
    std::vector<S> state(static_cast<std::size_t>(sizes.chunks() > 1 ? sizes.state * sizes.inner : 0));
    for (std::int64_t r = begin; r < end; ++r) {
        const Row<const T> in = rowOf(sizes, projected, r);
        const Row<T> result = rowOf(sizes, out, r);
        timeSteps(sizes, weights.dtBias, prepared.rate.data(), in, steps);
        std::fill(state.begin(), state.end(), S(0));
        for (std::int64_t first = 0; first < sizes.length; first += longest) {
            const std::int64_t n = std::min(longest, sizes.length - first);
            convolve<T, S>(sizes, prepared.conv.data(), weights.convBias, in, first, first + n, xbc.data(),
                           nullptr);
            const Chunk<S> chunk{n, xbc.data(), steps.dt.data() + first, steps.decay.data() + first,
                                 sizes.length};
            chunkOutput(sizes, chunk, weights.d, first > 0 ? state.data() : nullptr, scratch, y.data());
            if (first + n < sizes.length)
                advanceState(sizes, chunk, scratch.left.data(), scratch.wide.data(), state.data());
            for (std::int64_t t = 0; t < n; ++t)
                gateAndNormalize(sizes.inner, in.at(first + t), y.data() + t * sizes.inner,
                                 result.at(first + t));
        }
    }
}

} // namespace

std::int64_t bestChunkLength(const ScanSizes& sizes) {
    // Multiply-adds of a position: half the triangle against B, C and x within its chunk, and the state read
    // and written at its edges, which a single chunk does without.
    const auto cost = [&](std::int64_t chunks) {
        const double chunk = static_cast<double>(sizes.length) / static_cast<double>(chunks);
        const double edges =
            2.0 * static_cast<double>(sizes.state * sizes.inner) * (1 - 1 / static_cast<double>(chunks));
        return (chunk / 2 + 16) * static_cast<double>(sizes.state + sizes.inner + 8 * sizes.heads()) + edges;
    };
    const std::int64_t fewest = (sizes.length + longestChunk - 1) / longestChunk;
    std::int64_t best = fewest;
    for (std::int64_t chunks = fewest + 1; chunks <= std::min(sizes.length, 4 * fewest); ++chunks) {
        if (cost(chunks) < cost(best))
            best = chunks;
    }
    return (sizes.length + best - 1) / best;
}

template <>
HEADROOM_VECTOR_CLONES void scanForward<float, float>(const ScanSizes& sizes,
                                                      const ScanWeights<float>& weights,
                                                      Tokens<const float> projected, Tokens<float> out,
                                                      std::int64_t begin, std::int64_t end) {
    forwardRows<float, float>(sizes, weights, projected, out, begin, end);
}

template <>
void scanForward<double, double>(const ScanSizes& sizes, const ScanWeights<double>& weights,
                                 Tokens<const double> projected, Tokens<double> out, std::int64_t begin,
                                 std::int64_t end) {
    forwardRows<double, double>(sizes, weights, projected, out, begin, end);
}

template <>
HEADROOM_VECTOR_CLONES void
scanForward<c10::BFloat16, float>(const ScanSizes& sizes, const ScanWeights<float>& weights,
                                  Tokens<const c10::BFloat16> projected, Tokens<c10::BFloat16> out,
                                  std::int64_t begin, std::int64_t end) {
    forwardRows<c10::BFloat16, float>(sizes, weights, projected, out, begin, end);
}

} // namespace headroom
