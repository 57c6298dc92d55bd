// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// CUDA kernels for the time steps of the scan, dt = softplus(raw + bias). The raw steps are the last columns
/// of projected tokens, from `firstColumn` on: one per head, then padding.
///
/// Tokens are bfloat16 or float32 and begin at multiples of 16 bytes. They may be columns of wider ones, and
/// time steps the first positions of longer rows. On Meta tensors nothing is computed; allocations and costs
/// are those of CUDA.
namespace headroom {

/// @param projected [R, L, W]
/// @param bias [H], float32
/// @param steps [R, L, H], float32, written
void timeStepsForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias,
                      const at::Tensor& steps);

/// Deterministic to the bit.
/// @param gradSteps [R, L, H], float32
/// @param gradProjected as `projected`; its columns from firstColumn on are written, padding with 0
/// @return the gradient of bias
at::Tensor timeStepsBackward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias,
                             const at::Tensor& gradSteps, const at::Tensor& gradProjected);

} // namespace headroom
