// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

/// Adds partial sums, deterministic to the bit: the order of additions depends on `count` only. On Meta
/// nothing is computed; allocations and costs are those of CUDA.
/// @param shares float32, [count, ...], contiguous
/// @return [...]
at::Tensor sumShares(const at::Tensor& shares);

} // namespace headroom
