// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

/// CUDA kernels for the RMS normalization of rows, without gain. Statistics are float32.
///
/// Rows (last dimension) are contiguous bfloat16 or float32; their length is a multiple of 8, at most 8,192.
/// On Meta tensors nothing is computed; allocations and costs are those of CUDA.
namespace headroom {

struct NormalizedRows {
    at::Tensor rows;   ///< r = x scale, with the shape of x
    at::Tensor scales; ///< float32, one per row: [..., 1]
};

/// @param eps, leastSquares of scale = 1 / sqrt(max(sum(x^2), leastSquares) / width + eps)
NormalizedRows normalizeRows(const at::Tensor& x, double eps, double leastSquares);

/// @param gradRows with the shape of normalized.rows
/// @return the gradient of x
at::Tensor normalizeRowsBackward(const NormalizedRows& normalized, const at::Tensor& gradRows);

} // namespace headroom
