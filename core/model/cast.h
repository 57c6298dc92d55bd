// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

/// x in this dtype. Skips the call of Tensor::to if x already has it, because in small models the overhead of
/// operator calls dominates.
inline at::Tensor cast(const at::Tensor& x, at::ScalarType type) {
    return x.scalar_type() == type ? x : x.to(type);
}

} // namespace headroom
