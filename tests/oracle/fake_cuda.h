// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

/// Marks a function that gen_stubs.py must not generate.
#define IMPLEMENTED(name)

/// State shared by the files of the fake CUDA runtime.
namespace fake {

constexpr std::uintptr_t deviceBegin = 0x700000000000ull; ///< lowest device address

/// Device memory: addresses and sizes only. Lock `mutex` for every access.
struct DeviceMemory {
    std::mutex mutex;
    std::size_t used = 0;
    std::uintptr_t next = deviceBegin;          ///< lowest unused address
    std::map<std::uintptr_t, std::size_t> live; ///< size of each allocation
    std::map<unsigned long long, std::size_t>
        physical; ///< size of each physical allocation of the driver API
};

/// Never destroyed: LibTorch frees memory while the program exits.
inline DeviceMemory& deviceMemory() {
    static auto& memory = *new DeviceMemory;
    return memory;
}

/// Capacity of the card in bytes, from FAKECUDA_TOTAL.
std::size_t capacity();

/// A unique value for an opaque handle.
std::uintptr_t newHandle();

} // namespace fake
