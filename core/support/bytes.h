// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

namespace headroom {

inline constexpr std::uint64_t bytesPerGiB = std::uint64_t{1} << 30;

/// Human-readable size: "5.1 GiB" from 0.1 GiB on, otherwise "87 MiB", "12 KiB" or "5 B"; in powers of 1024,
/// like nvidia-smi.
std::string formatBytes(std::uint64_t bytes);

} // namespace headroom
