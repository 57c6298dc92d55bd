#pragma once

#include <cstdint>
#include <string>

namespace headroom {

inline constexpr std::uint64_t bytesPerGiB = std::uint64_t{1} << 30;

/// For people: "5.1 GiB", below a tenth of that "87 MiB" or "12 KiB". GiB (2^30) as nvidia-smi counts.
std::string formatBytes(std::uint64_t bytes);

} // namespace headroom
