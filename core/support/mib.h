#pragma once

#include <cstdint>

namespace headroom {

/// Signed, as all bytes of this room are.
inline constexpr std::int64_t mib = std::int64_t{1} << 20;

} // namespace headroom
