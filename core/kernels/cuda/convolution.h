// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// CUDA kernels for a causal depthwise convolution of 1 to 4 taps and silu, on the columns of projected
/// tokens from `firstColumn` on. Sums are float32.
///
/// Shapes: R rows, L positions, W columns of projected tokens, C channels. Tokens are contiguous bfloat16,
/// parameters float32; firstColumn, W and C are multiples of 8. On Meta tensors nothing is computed;
/// allocations and costs are those of CUDA.
namespace headroom {

/// @param projected [R, L, W]
/// @param weight [C, 1, taps], @param bias [C]
/// @param backward the convolution runs from the last position to the first
/// @return [R, L, C]
at::Tensor convolveForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& weight,
                           const at::Tensor& bias, bool backward);

struct ConvolutionGradients {
    at::Tensor weight; ///< [C, 1, taps]
    at::Tensor bias;   ///< [C]
};

/// Deterministic to the bit.
/// @param gradOut [R, L, C]
/// @param gradProjected [R, L, W]; its columns firstColumn ... firstColumn + C - 1 are written
ConvolutionGradients convolveBackward(const at::Tensor& projected, std::int64_t firstColumn,
                                      const at::Tensor& weight, const at::Tensor& bias,
                                      const at::Tensor& gradOut, const at::Tensor& gradProjected,
                                      bool backward);

} // namespace headroom
