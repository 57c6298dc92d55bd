// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/rounding.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

/// CUDA kernels for the state-space scan of Mamba-2 with one group, in one direction, on tensor cores. For
/// every row and head, with A = -exp(A_log):
///
///     S_t = exp(A dt_t) S_{t-1} + dt_t x_t B_t',    y_t = S_t C_t + D x_t
///
/// Rows are split into chunks of 64 positions, counted in scan order; the state stays in registers from chunk
/// to chunk. Sums and states are float32. The forward pass can gate y while it is in registers: the norm of
/// the gated tokens, which needs all heads, is left to side_sum.h.
///
/// Shapes: R rows, L positions, H heads of P, state N, D = H P, K chunks. On Meta tensors nothing is
/// computed; allocations and costs are those of CUDA.
namespace headroom {

struct CudaScanShape {
    std::int64_t heads;   ///< H
    std::int64_t headdim; ///< P
    std::int64_t state;   ///< N
    bool backward;        ///< the scan runs from the last position to the first

    static constexpr std::int64_t chunkLength = 64;

    std::int64_t inner() const { return heads * headdim; }
    std::int64_t convDim() const { return inner() + 2 * state; }
    static std::int64_t chunks(std::int64_t length) { return divideUp(length, chunkLength); }
};

/// Whether there are kernels for these sizes: P is 32 or 64, N is 16, 32, 64 or 128.
bool hasCudaScan(std::int64_t headdim, std::int64_t state);

/// Which results scanForward() writes.
struct CudaScanWanted {
    bool y = true;
    bool gated = false;
    bool states = false; ///< for scanBackward()
};

/// Results that are not wanted are undefined.
struct CudaScanOutput {
    at::Tensor y;       ///< [R, L, D], bfloat16
    at::Tensor gated;   ///< g = y silu(z), [R, L, D], bfloat16
    at::Tensor squares; ///< with `gated`: sums of g^2 over parts of a token, for sumOfSides(), [R, L, parts]
    at::Tensor states;  ///< after each chunk but the last, [R, H, K - 1, P, N], bfloat16; undefined if K = 1
};

/// @param xbc bfloat16, [R, L, D + 2 N]: x, B, C after convolution and silu. Tokens must be contiguous and
///     aligned to 16 bytes, rows must follow each other without a gap
/// @param dt after softplus, float32, [R, L, H], contiguous
/// @param aLog, d float32, [H]
/// @param projected bfloat16, [R, L, W], contiguous: z in its first D columns; read only for `gated`
CudaScanOutput scanForward(const at::Tensor& xbc, const at::Tensor& dt, const at::Tensor& aLog,
                           const at::Tensor& d, const at::Tensor& projected, const CudaScanShape& shape,
                           const CudaScanWanted& wanted);

struct CudaScanGradients {
    at::Tensor xbc;        ///< bfloat16, [R, L, D + 2 N], contiguous
    at::Tensor dt;         ///< float32, [R, L, H]
    at::Tensor parameters; ///< of aLog, then of d; [2 H], float32
};

/// Deterministic to the bit.
/// @param states those of scanForward(); undefined if K = 1
/// @param gradY bfloat16, [R, L, D], contiguous
CudaScanGradients scanBackward(const at::Tensor& xbc, const at::Tensor& dt, const at::Tensor& aLog,
                               const at::Tensor& d, const at::Tensor& states, const at::Tensor& gradY,
                               const CudaScanShape& shape);

} // namespace headroom
