// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// CUDA kernels for a causal depthwise convolution of 1 to 4 taps and silu, on the columns of projected
/// tokens from `firstColumn` on. Sums are float32. In bfloat16 the scan's kernel differentiates it (scan.h).
///
/// Shapes: R rows, L positions, W columns of projected tokens, C channels, c of them convolved. Tokens are
/// bfloat16 or float32, all alike, and begin at multiples of 16 bytes, as the convolved columns do;
/// parameters are float32. `projected` may be columns of wider tokens, results the first positions of longer
/// rows. On Meta tensors nothing is computed; allocations and costs are those of CUDA.
namespace headroom {

/// @param projected [R, L, W]
/// @param weight [C, 1, taps], @param bias [C]
/// @param out [R, L, c], written: the last c channels
/// @param backward the convolution runs from the last position to the first
void convolveForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& weight,
                     const at::Tensor& bias, const at::Tensor& out, bool backward);

struct ConvolutionGradients {
    at::Tensor weight; ///< [C, 1, taps]
    at::Tensor bias;   ///< [C]
};

/// Of the convolution of all channels. Deterministic to the bit.
/// @param gradOut [R, L, C]
/// @param gradProjected as `projected`; its columns firstColumn ... firstColumn + C - 1 are written
ConvolutionGradients convolveBackward(const at::Tensor& projected, std::int64_t firstColumn,
                                      const at::Tensor& weight, const at::Tensor& bias,
                                      const at::Tensor& gradOut, const at::Tensor& gradProjected,
                                      bool backward);

} // namespace headroom
