#pragma once

#include <cstdint>
#include <optional>

namespace headroom {

/// What a program holds of its device's memory, in bytes. On the CPU the device is the machine's memory, and
/// LibTorch's tensors there are what counts as allocated and as reserved.
struct MemoryUse {
    std::int64_t allocated = 0;     ///< by live tensors, as the allocator rounds them
    std::int64_t reserved = 0;      ///< by the allocator, from the device
    std::int64_t peakAllocated = 0; ///< highest since the sample before
    std::int64_t peakReserved = 0;
    std::int64_t deviceUsed = 0; ///< of the whole device, by whomever; what nvidia-smi calls used
    std::int64_t deviceTotal = 0;
    std::optional<std::int64_t> others = {}; ///< by other programs; absent where the driver does not tell

    bool operator==(const MemoryUse&) const = default;
};

} // namespace headroom
