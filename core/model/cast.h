#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

/// x in this type: itself where it has it. `to` would be called to find that out, and small models wait for
/// calls.
inline at::Tensor cast(const at::Tensor& x, at::ScalarType type) {
    return x.scalar_type() == type ? x : x.to(type);
}

} // namespace headroom
