// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// CUDA kernels for what each position of a chunk adds to the later ones in a scan that is otherwise made of
/// LibTorch's operators: m[i][j] = scores[i][j] exp(s_i - s_j) dt_j, and 0 where j comes after i in scan
/// order.
///
/// Shapes: R rows, K chunks of n positions, H heads; n is a multiple of 8, at most 128. Scores and m are
/// bfloat16 or float32, alike, s and dt float32; all are contiguous and begin at multiples of 16 bytes. On
/// Meta tensors nothing is computed; allocations and costs are those of CUDA.
namespace headroom {

struct TransferInputs {
    at::Tensor scores;    ///< [R K, n, n]
    at::Tensor positions; ///< s, [R, K, H, n]
    at::Tensor steps;     ///< dt, [R, K, H, n]
    bool backward;        ///< the scan runs from the last position to the first
};

/// @return m, [R, K, H, n, n]
at::Tensor transferForward(const TransferInputs& inputs);

struct TransferGradients {
    at::Tensor scores;    ///< [R K, n, n]
    at::Tensor positions; ///< [R, K, H, n]
    at::Tensor steps;     ///< [R, K, H, n]
};

/// Deterministic to the bit.
/// @param m [R, K, H, n, n]: its gradient, replaced by m
TransferGradients transferBackward(const TransferInputs& inputs, const at::Tensor& m);

} // namespace headroom
