// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cmath>
#include <cstdint>

namespace headroom {

/// memory.reserve in bytes.
inline std::int64_t memoryReserve(const RunConfig& config) {
    constexpr double gib = std::int64_t{1} << 30;
    return std::llround(config.memory.reserve * gib);
}

} // namespace headroom
