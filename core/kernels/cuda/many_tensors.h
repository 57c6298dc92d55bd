// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/tensor_table.h"

#include <ATen/core/Tensor.h>

/// CUDA kernels that process many tensors in one launch. Deterministic to the bit. On Meta tensors nothing is
/// computed; allocations and costs are those of CUDA.
namespace headroom {

/// average += share (value - average) for all averages, as at::lerp; nothing changes if `skipped` is 1.
/// @param table of averages and values
/// @param skipped 0-dim float32, 0 or 1
void averageTensors(const TensorTable& table, const at::Tensor& skipped, double share);

/// The 2-norm of all numbers of a table of one list; 0-dim.
at::Tensor normOfTensors(const TensorTable& table);

/// Multiplies all numbers by limit / (norm + 1e-6), unless that exceeds 1.
/// @param table of one list
/// @param norm 0-dim float32
void limitTensors(const TensorTable& table, const at::Tensor& norm, double limit);

} // namespace headroom
