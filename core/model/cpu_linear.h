// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/column_blocks.h"

#include <ATen/core/Tensor.h>

namespace headroom {

/// A linear layer in float32 on the CPU: x W' + b. LibTorch's threads share the rows. Not differentiable. On
/// Meta it allocates its result and reports its cost.
/// @param x [..., in]
/// @param bias [out]
/// @return [..., out]
at::Tensor linearOnCpu(const at::Tensor& x, const ColumnBlocks& weights, const at::Tensor& bias);

} // namespace headroom
