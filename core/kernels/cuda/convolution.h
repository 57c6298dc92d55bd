// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// A CUDA kernel for a causal depthwise convolution of 1 to 4 taps and silu, on the columns of projected
/// tokens from `firstColumn` on. Sums are float32. Backward, the scan's kernel differentiates it (scan.h).
///
/// Shapes: R rows, L positions, W columns of projected tokens, C channels, c of them convolved. Tokens are
/// contiguous bfloat16, parameters float32; firstColumn, firstChannel, W and C are multiples of 8. On Meta
/// tensors nothing is computed; allocations and costs are those of CUDA.
namespace headroom {

/// @param projected [R, L, W]
/// @param weight [C, 1, taps], @param bias [C]
/// @param firstChannel the first of the convolved channels, which are the last c = C - firstChannel
/// @param backward the convolution runs from the last position to the first
/// @return [R, L, c]
at::Tensor convolveForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& weight,
                           const at::Tensor& bias, std::int64_t firstChannel, bool backward);

} // namespace headroom
