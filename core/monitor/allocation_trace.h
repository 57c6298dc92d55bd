// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <functional>
#include <memory>

namespace headroom {

/// The memory of a device after a number of events.
struct AllocationState {
    std::int64_t events = 0;    ///< allocations and frees since the trace began
    std::int64_t allocated = 0; ///< bytes
    std::int64_t reserved = 0;  ///< bytes
};

/// Traces the memory of tensors on a device while it exists. On the CPU: after every allocation and free of
/// the thread that created it, counted from then on. On other devices: before and after every operator, as
/// reported by the device's allocator. At most one per program.
class AllocationTrace {
public:
    using Sink = std::function<void(const AllocationState&)>;

    /// @param sink receives each state in order, on the computing thread; must neither throw nor create
    ///             tensors
    AllocationTrace(c10::Device device, Sink sink);
    ~AllocationTrace();
    AllocationTrace(const AllocationTrace&) = delete;
    AllocationTrace& operator=(const AllocationTrace&) = delete;

    /// Sends the current state to the sink, including frees since the last operator.
    void sample();

private:
    class Tracker;
    class TensorTracker;
    class OperatorTracker;
    std::unique_ptr<Tracker> tracker_;
};

} // namespace headroom
