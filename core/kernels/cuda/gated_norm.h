// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

/// CUDA kernels for gate and norm after the scan: g = y silu(z), r = g / sqrt(mean(g^2) + gatedNormEps) over
/// a token. The gain of the norm is part of the following projection. Forward in bfloat16, the scan gates
/// (scan.h), and sumOfSides() normalizes (side_sum.h).
///
/// Tokens are bfloat16 or float32, all alike, and begin at multiples of 16 bytes; D is a multiple of 8, at
/// most 8,192. Projected tokens may be columns of wider ones, rows of y and gradY the first positions of
/// longer ones; gradR and r are contiguous. On Meta tensors nothing is computed; allocations and costs are
/// those of CUDA.
namespace headroom {

/// @param y [R, L, D]
/// @param projected [R, L, W]: z in its first D columns
/// @return r, [R, L, D]
at::Tensor gatedNormForward(const at::Tensor& y, const at::Tensor& projected);

/// @param y [R, L, D]
/// @param projected [R, L, W]: z in its first D columns
/// @param gradR [R, L, D]
/// @param r receives r, which the gradient of the following projection needs; may be gradR, or y if that is
///     contiguous; undefined: not wanted
/// @param gradY receives the gradient of y, in rows like those of y; may be y, or gradR if y is contiguous
/// @param gradProjected as `projected`; its first D columns are written
void gatedNormBackward(const at::Tensor& y, const at::Tensor& projected, const at::Tensor& gradR,
                       const at::Tensor& r, const at::Tensor& gradY, const at::Tensor& gradProjected);

} // namespace headroom
