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
/// to chunk. Sums and states are float32. The kernels convolve x when they have loaded it, and apply silu;
/// backward they also differentiate the convolution of B and C. The forward pass can gate y while it is in
/// registers: the norm of the gated tokens, which needs all heads, is left to side_sum.h.
///
/// Shapes: R rows, L positions, H heads of P, state N, D = H P, K chunks, C = D + 2 N channels. On Meta
/// tensors nothing is computed; allocations and costs are those of CUDA.
namespace headroom {

struct CudaScanShape {
    std::int64_t heads;   ///< H
    std::int64_t headdim; ///< P
    std::int64_t state;   ///< N
    bool backward;        ///< the scan runs from the last position to the first

    static constexpr std::int64_t chunkLength = 64;
    static constexpr std::int64_t mostTaps = 4; ///< of the convolution

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

/// What the scan reads. Parameters are float32, tokens contiguous and aligned to 16 bytes.
struct CudaScanInputs {
    at::Tensor projected;  ///< bfloat16, [R, L, W]: z, then x, B, C before their convolution
    at::Tensor convWeight; ///< [C, 1, taps], up to 4 taps
    at::Tensor convBias;   ///< [C]
    at::Tensor bc;         ///< B and C after convolution and silu, bfloat16, [R, L, 2 N]
    at::Tensor dt;         ///< after softplus, float32, [R, L, H]
    at::Tensor aLog;       ///< [H]
    at::Tensor d;          ///< [H]
};

CudaScanOutput scanForward(const CudaScanInputs& inputs, const CudaScanShape& shape,
                           const CudaScanWanted& wanted);

/// Gradients of parameters are float32.
struct CudaScanGradients {
    at::Tensor dt;         ///< float32, [R, L, H]
    at::Tensor aLog;       ///< [H]
    at::Tensor d;          ///< [H]
    at::Tensor convWeight; ///< [C, 1, taps]
    at::Tensor convBias;   ///< [C]
};

/// Deterministic to the bit.
/// @param states those of scanForward(); undefined if K = 1
/// @param gradY bfloat16, [R, L, D], contiguous
/// @param gradProjected as inputs.projected; its columns x, B, C are written
CudaScanGradients scanBackward(const CudaScanInputs& inputs, const at::Tensor& states,
                               const at::Tensor& gradY, const at::Tensor& gradProjected,
                               const CudaScanShape& shape);

} // namespace headroom
