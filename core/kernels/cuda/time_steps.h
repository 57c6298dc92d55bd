// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// CUDA kernels for the time steps of the scan, dt = softplus(raw + bias). The raw steps are the last columns
/// of projected tokens, from `firstColumn` on: one per head, then padding.
///
/// Tokens are contiguous bfloat16 with a multiple of 8 columns. On Meta tensors nothing is computed;
/// allocations and costs are those of CUDA.
namespace headroom {

/// @param projected [R, L, W]
/// @param bias [H], float32
/// @return [R, L, H], float32
at::Tensor timeStepsForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias);

/// Deterministic to the bit.
/// @param gradSteps [R, L, H], float32
/// @param gradProjected [R, L, W]; its columns from firstColumn on are written, padding with 0
/// @return the gradient of bias
at::Tensor timeStepsBackward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias,
                             const at::Tensor& gradSteps, const at::Tensor& gradProjected);

} // namespace headroom
