// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/product.h"
#include "core/support/rounding.h"

#include <cstdint>
#include <memory>

/// Gated scan kernel of Mamba-2: causal convolution, state-space scan, gate and norm. Forward and backward
/// pass; maps rows [length, 2 D + 2 N + H] to [length, D].
namespace headroom {

/// Sizes of a gated scan over one row.
struct ScanSizes {
    std::int64_t length;
    std::int64_t inner;   ///< D
    std::int64_t state;   ///< N
    std::int64_t headdim; ///< P
    std::int64_t taps;
    std::int64_t chunkLength; ///< positions per chunk; the last chunk may be shorter
    bool backward;            ///< the scan runs from the last token to the first
    ProductForm products;

    std::int64_t heads() const { return inner / headdim; }
    std::int64_t convDim() const { return inner + 2 * state; }
    /// Distance between positions of x, B and C in scratch memory. Avoids multiples of 1024, which would map
    /// all positions to the same few sets of the L1 cache.
    std::int64_t convStride() const { return convDim() % 1024 == 0 ? convDim() + 16 : convDim(); }
    std::int64_t projectedDim() const { return inner + convDim() + heads(); }

    std::int64_t chunks() const { return divideUp(length, chunkLength); }
};

/// The chunk length with the fewest operations. Ignores sizes.chunkLength.
std::int64_t bestChunkLength(const ScanSizes& sizes);

/// Approximate floating point operations of a ForwardScan per position at the best chunk length. A
/// BackwardScan needs three times as many.
double scanFlops(const ScanSizes& sizes);

/// Parameters of one direction, in the compute type.
template <class S>
struct ScanWeights {
    const S* conv;     ///< [D + 2 N, taps]
    const S* convBias; ///< [D + 2 N]
    const S* dtBias;   ///< [H]
    const S* aLog;     ///< [H]
    const S* d;        ///< [H]
};

/// Accumulators for the gradients of the parameters, with the shapes of ScanWeights.
template <class S>
struct ScanGradients {
    S* conv;
    S* convBias;
    S* dtBias;
    S* aLog;
    S* d;
};

/// View of rows of tokens: token t of row r begins at data + r * row + t * token.
template <class T>
struct Tokens {
    T* data;
    std::int64_t row;
    std::int64_t token;
};

/// Forward pass, from z, x, B, C, dt of in_proj to the normalized input of out_proj; see sumOfGatedScans(). S
/// is float or double. One thread at a time.
template <class S>
class ForwardScan {
public:
    /// @param weights what they point to must outlive it
    ForwardScan(const ScanSizes& sizes, const ScanWeights<S>& weights);
    ~ForwardScan();
    ForwardScan(ForwardScan&&) noexcept;

    /// Processes the first `rows` rows.
    void run(Tokens<const S> projected, Tokens<S> out, std::int64_t rows);

    struct Scratch;

private:
    std::unique_ptr<Scratch> scratch_;
};

/// Backward pass of ForwardScan; recomputes the forward pass. One thread at a time.
template <class S>
class BackwardScan {
public:
    /// @param weights what they point to must outlive it
    BackwardScan(const ScanSizes& sizes, const ScanWeights<S>& weights);
    ~BackwardScan();
    BackwardScan(BackwardScan&&) noexcept;

    /// Processes the first `rows` rows. Writes gradProjected and the recomputed output of ForwardScan to
    /// `out`; adds to `gradients`.
    void run(Tokens<const S> projected, Tokens<const S> gradOut, Tokens<S> gradProjected, Tokens<S> out,
             const ScanGradients<S>& gradients, std::int64_t rows);

    struct Scratch;

private:
    std::unique_ptr<Scratch> scratch_;
};

} // namespace headroom
