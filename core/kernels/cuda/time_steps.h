// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// Time steps of the scan, dt = softplus(raw + bias), by CUDA kernels. The raw steps are the last columns of
/// projected tokens, from `firstColumn` on: one for each of H heads, then padding.
///
/// Tokens are contiguous bfloat16 of a multiple of 8 columns. On Meta tensors nothing runs; results and costs
/// are those of CUDA.
namespace headroom {

/// @param projected [R, L, W]
/// @param bias [H], float32
/// @return [R, L, H], float32
at::Tensor timeStepsForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias);

/// Gives the same bits every time.
/// @param gradSteps as the result of timeStepsForward()
/// @param gradProjected [R, L, W]; its columns from firstColumn on are written, padding with 0
/// @return the gradient of bias
at::Tensor timeStepsBackward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias,
                             const at::Tensor& gradSteps, const at::Tensor& gradProjected);

} // namespace headroom
