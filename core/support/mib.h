// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace headroom {

/// Bytes in a MiB. Signed, like all byte counts of the memory model.
inline constexpr std::int64_t mib = std::int64_t{1} << 20;

} // namespace headroom
