// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

/// Rows divided by their norm, by CUDA kernels. Statistics are float32.
///
/// Rows (last dimension) are contiguous bfloat16 of a multiple of 8 numbers, at most 8,192. On Meta tensors
/// nothing runs; results and costs are those of CUDA.
namespace headroom {

struct NormalizedRows {
    at::Tensor rows;   ///< r = x scale, as x
    at::Tensor scales; ///< float32, a number for each row: [..., 1]
};

/// @param eps, leastSquares of scale = 1 / sqrt(max(sum(x^2), leastSquares) / width + eps)
NormalizedRows normalizeRows(const at::Tensor& x, double eps, double leastSquares);

/// @param gradRows as normalized.rows
/// @return the gradient of x
at::Tensor normalizeRowsBackward(const NormalizedRows& normalized, const at::Tensor& gradRows);

} // namespace headroom
