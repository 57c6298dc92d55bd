// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <functional>

namespace headroom {

/// Host memory of LibTorch's CPU tensors, in bytes as requested.
struct CountedBytes {
    std::int64_t allocated = 0;
    std::int64_t peak = 0; ///< highest since the previous takeCountedBytes(); at least `allocated`
};

/// Installs an allocator that counts the CPU tensors of all threads. Tensors that exist already are never
/// counted. A large allocation that exceeds the available memory throws OutOfMemoryError; Linux would grant
/// it and kill the program later. On the first call, no other thread may be creating tensors; later calls do
/// nothing.
void countCpuTensors();

/// Returns the count and resets the peak. All zero before countCpuTensors(). Any thread.
CountedBytes takeCountedBytes();

/// Observes every counted allocation and free of the thread that creates it, while it exists. At most one per
/// thread.
class TensorObserver {
public:
    /// @param sink receives the bytes of an allocation, or minus the bytes of a free; must neither throw nor
    ///             create tensors
    explicit TensorObserver(std::function<void(std::int64_t bytes)> sink);
    ~TensorObserver();
    TensorObserver(const TensorObserver&) = delete;
    TensorObserver& operator=(const TensorObserver&) = delete;

private:
    std::function<void(std::int64_t)> sink_;
};

} // namespace headroom
