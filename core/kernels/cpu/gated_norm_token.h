// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/vector_code.h"

#include <cmath>
#include <cstdint>

/// Gate and norm after the scan, out = rmsnorm(y silu(z)) without gain. Forward and backward pass of one
/// token, [D].
namespace headroom {

inline constexpr double gatedNormEps = 1e-5;

/// Forward pass of one token. Overwrites y.
template <class S>
HEADROOM_INLINE void gateAndNormalize(std::int64_t inner, const S* z, S* y, S* out) {
#pragma omp simd
    for (std::int64_t i = 0; i < inner; ++i) {
        const S gate = z[i];
        y[i] *= gate * sigmoidOf(gate);
    }
    S squares = 0;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < inner; ++i)
        squares += y[i] * y[i];
    const S scale = S(1) / std::sqrt(squares / static_cast<S>(inner) + static_cast<S>(gatedNormEps));
#pragma omp simd
    for (std::int64_t i = 0; i < inner; ++i)
        out[i] = y[i] * scale;
}

/// Backward pass of one token. Replaces y by its gradient, writes the gradient of z and recomputes `out`.
/// @param gated, sigmoids scratch, [D]
template <class S>
HEADROOM_INLINE void gateAndNormalizeBackward(std::int64_t inner, const S* z, const S* gradOut, S* y,
                                              S* gradZ, S* out, S* gated, S* sigmoids) {
    S squares = 0;
    S along = 0;
#pragma omp simd reduction(+ : squares, along)
    for (std::int64_t i = 0; i < inner; ++i) {
        const S gate = z[i];
        const S s = sigmoidOf(gate);
        const S g = y[i] * gate * s;
        sigmoids[i] = s;
        gated[i] = g;
        squares += g * g;
        along += g * gradOut[i];
    }
    const S count = static_cast<S>(inner);
    const S scale = S(1) / std::sqrt(squares / count + static_cast<S>(gatedNormEps));
    const S back = scale * scale * along / count;
#pragma omp simd
    for (std::int64_t i = 0; i < inner; ++i) {
        const S gate = z[i];
        const S s = sigmoids[i];
        const S gradGated = scale * (gradOut[i] - gated[i] * back);
        gradZ[i] = gradGated * y[i] * s * (S(1) + gate * (S(1) - s));
        y[i] = gradGated * gate * s;
        out[i] = gated[i] * scale;
    }
}

} // namespace headroom
