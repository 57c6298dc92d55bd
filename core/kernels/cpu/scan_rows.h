#pragma once

#include <cstdint>
#include <memory>

namespace headroom {

/// Sizes of a gated scan over a row of positions.
struct ScanSizes {
    std::int64_t length;
    std::int64_t inner;   ///< D
    std::int64_t state;   ///< N
    std::int64_t headdim; ///< P
    std::int64_t taps;
    std::int64_t chunkLength; ///< positions that are multiplied as one matrix; the last chunk may be shorter
    bool backward;            ///< positions run from the last token to the first
    bool tiled;               ///< products round their factors to bfloat16; see Factor

    std::int64_t heads() const { return inner / headdim; }
    std::int64_t convDim() const { return inner + 2 * state; }
    /// Between the x, B and C of two positions in scratch. Not a multiple of 1024 numbers: all positions
    /// would fall into the same few sets of the first level of the cache.
    std::int64_t convStride() const { return convDim() % 1024 == 0 ? convDim() + 16 : convDim(); }
    std::int64_t projectedDim() const { return inner + convDim() + heads(); }

    std::int64_t chunks() const { return (length + chunkLength - 1) / chunkLength; }
};

/// The chunk length that takes the fewest operations at these sizes.
std::int64_t bestChunkLength(const ScanSizes& sizes);

/// About what a ForwardScan takes for one position at its best chunk length, in floating point operations. A
/// BackwardScan takes three times as much.
double scanFlops(const ScanSizes& sizes);

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

/// From in_proj's z, x, B, C, dt to the normalised input of out_proj, row by row; see gatedScan. S: float or
/// double. One thread at a time.
template <class S>
class ForwardScan {
public:
    /// @param weights what they point to must outlive it
    ForwardScan(const ScanSizes& sizes, const ScanWeights<S>& weights);
    ~ForwardScan();
    ForwardScan(ForwardScan&&) noexcept;

    /// The first `rows` rows.
    void run(Tokens<const S> projected, Tokens<S> out, std::int64_t rows);

    struct Scratch;

private:
    std::unique_ptr<Scratch> scratch_;
};

/// The gradients of a ForwardScan. One thread at a time.
template <class S>
class BackwardScan {
public:
    /// @param weights what they point to must outlive it
    BackwardScan(const ScanSizes& sizes, const ScanWeights<S>& weights);
    ~BackwardScan();
    BackwardScan(BackwardScan&&) noexcept;

    /// Of the first `rows` rows. Overwrites gradProjected, and `out` by what ForwardScan made; adds to
    /// `gradients`.
    void run(Tokens<const S> projected, Tokens<const S> gradOut, Tokens<S> gradProjected, Tokens<S> out,
             const ScanGradients<S>& gradients, std::int64_t rows);

    struct Scratch;

private:
    std::unique_ptr<Scratch> scratch_;
};

} // namespace headroom
