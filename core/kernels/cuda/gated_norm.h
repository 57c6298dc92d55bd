// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

/// A CUDA kernel for the gradient of gate and norm after the scan: g = y silu(z), r = g / sqrt(mean(g^2) +
/// gatedNormEps) over a token. The gain of the norm is part of the following projection. Forward, the scan
/// gates (scan.h), and sumOfSides() normalizes (side_sum.h).
///
/// Tokens are contiguous bfloat16; W and D are multiples of 8, and D is at most 8,192. On Meta tensors
/// nothing is computed; allocations and costs are those of CUDA.
namespace headroom {

/// @param y [R, L, D]; replaced by r, which the gradient of the following projection needs
/// @param projected [R, L, W]: z in its first D columns
/// @param gradR [R, L, D]; replaced by the gradient of y
/// @param gradProjected [R, L, W]; its first D columns are written
/// @return y
at::Tensor gatedNormBackward(const at::Tensor& y, const at::Tensor& projected, const at::Tensor& gradR,
                             const at::Tensor& gradProjected);

} // namespace headroom
