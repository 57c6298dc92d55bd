// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>

namespace headroom {

/// Memory of the device that the program trains on, in bytes. On the CPU this is host memory; allocated and
/// reserved are then both the bytes of LibTorch's tensors.
struct MemoryUse {
    std::int64_t allocated = 0;     ///< by live tensors, rounded as by the allocator
    std::int64_t reserved = 0;      ///< held by the allocator
    std::int64_t peakAllocated = 0; ///< highest since the previous sample
    std::int64_t peakReserved = 0;
    std::int64_t deviceUsed = 0; ///< by all programs, as in nvidia-smi
    std::int64_t deviceTotal = 0;
    std::optional<std::int64_t> others = {}; ///< by other programs; absent if the driver does not report it

    bool operator==(const MemoryUse&) const = default;
};

} // namespace headroom
