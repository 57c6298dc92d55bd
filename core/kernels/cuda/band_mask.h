// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// CUDA kernels for the end of mask estimators: a gated linear unit, whose results are ordered by bin. On
/// Meta tensors nothing is computed; allocations and costs are those of CUDA.
namespace headroom {

/// @param x [bands, batch, frames, 2 w], w = width * channels * 2: values, then gates; bfloat16 or float32,
///     contiguous
/// @return float32, [batch, channels, frames, bands * width, 2]
at::Tensor bandMaskForward(const at::Tensor& x, std::int64_t channels);

/// @param gradMask as the mask, dense in its last two dimensions
/// @return the gradient of x
at::Tensor bandMaskBackward(const at::Tensor& x, const at::Tensor& gradMask);

} // namespace headroom
