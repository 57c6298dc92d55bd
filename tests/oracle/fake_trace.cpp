// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Traces LibTorch's CUDA allocator. It reports every allocation and free to a function of libc10 for
// profilers. This library is loaded before libc10, so that this function is called in its place.
#include "fake_order.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace c10 {

/// As in LibTorch: the type, 1 for CUDA, and the index.
class Device {
public:
    bool isCuda() const { return type_ == 1; }

private:
    std::int8_t type_;
    std::int8_t index_;
};

/// Appends a line to the file that FAKECUDA_TRACE names: bytes allocated, negative if freed; and allocated
/// and reserved bytes afterwards. The allocator holds its lock.
void reportMemoryUsageToProfiler(void* pointer, std::int64_t bytes, std::size_t allocated,
                                 std::size_t reserved, Device device) {
    static std::FILE* file = [] {
        const char* name = std::getenv("FAKECUDA_TRACE");
        return name == nullptr ? nullptr : std::fopen(name, "w");
    }();
    if (!device.isCuda())
        return;
    fake::noteAllocation(pointer, bytes);
    if (file != nullptr)
        std::fprintf(file, "%lld %zu %zu\n", static_cast<long long>(bytes), allocated, reserved);
}

} // namespace c10
