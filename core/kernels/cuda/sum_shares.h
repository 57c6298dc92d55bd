// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

/// Adds up shares of sums in an order that depends on their number only, so that the bits are the same every
/// time. On Meta nothing runs; the cost is that of CUDA.
/// @param shares float32, [count, ...], contiguous
/// @return [...]
at::Tensor sumShares(const at::Tensor& shares);

} // namespace headroom
