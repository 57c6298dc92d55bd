#pragma once

#include <cstdint>

namespace headroom {

/// Sizes of a gated scan over rows of positions.
struct ScanSizes {
    std::int64_t rows;
    std::int64_t length;
    std::int64_t inner;   ///< D
    std::int64_t state;   ///< N
    std::int64_t headdim; ///< P
    std::int64_t taps;
    std::int64_t chunkLength; ///< positions that are multiplied as one matrix; the last chunk may be shorter
    bool backward;            ///< positions run from the last token to the first

    std::int64_t heads() const { return inner / headdim; }
    std::int64_t convDim() const { return inner + 2 * state; }
    std::int64_t projectedDim() const { return inner + convDim() + heads(); }

    std::int64_t chunks() const { return (length + chunkLength - 1) / chunkLength; }
};

/// The chunk length that takes the fewest operations at these sizes.
std::int64_t bestChunkLength(const ScanSizes& sizes);

/// Parameters of one direction, in the type that is computed in.
template <class S>
struct ScanWeights {
    const S* conv;     ///< [D + 2 N, taps]
    const S* convBias; ///< [D + 2 N]
    const S* dtBias;   ///< [H]
    const S* aLog;     ///< [H]
    const S* d;        ///< [H]
};

/// Where the gradients of the parameters are added; as ScanWeights.
template <class S>
struct ScanGradients {
    S* conv;
    S* convBias;
    S* dtBias;
    S* aLog;
    S* d;
};

/// Tokens of rows: token t of row r begins at data + r * row + t * token.
template <class T>
struct Tokens {
    T* data;
    std::int64_t row;
    std::int64_t token;
};

/// From in_proj's z, x, B, C, dt to the normalised input of out_proj, for rows begin ... end - 1; see
/// gatedScan. T: float, double or c10::BFloat16; S: float or double, what it is computed in.
template <class T, class S>
void scanForward(const ScanSizes& sizes, const ScanWeights<S>& weights, Tokens<const T> projected,
                 Tokens<T> out, std::int64_t begin, std::int64_t end);

/// The gradients of scanForward. Overwrites gradProjected, adds to `gradients`.
template <class T, class S>
void scanBackward(const ScanSizes& sizes, const ScanWeights<S>& weights, Tokens<const T> projected,
                  Tokens<const T> gradOut, Tokens<T> gradProjected, const ScanGradients<S>& gradients,
                  std::int64_t begin, std::int64_t end);

} // namespace headroom
