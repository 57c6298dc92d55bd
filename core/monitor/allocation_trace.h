#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <functional>
#include <memory>

namespace headroom {

/// How a device's memory stands after some events.
struct AllocationState {
    std::int64_t events = 0;    ///< allocations and frees since the trace began
    std::int64_t allocated = 0; ///< bytes
    std::int64_t reserved = 0;  ///< bytes
};

/// Follows what tensors hold of a device for as long as it lives: on the CPU event by event, those of its own
/// thread alone, counted from where it begins; elsewhere between any two operators, as the device's allocator
/// has it. One at a time in a program.
class AllocationTrace {
public:
    using Sink = std::function<void(const AllocationState&)>;

    /// @param sink takes each state, in order, on the thread that computes; must not throw, nor make tensors
    AllocationTrace(c10::Device device, Sink sink);
    ~AllocationTrace();
    AllocationTrace(const AllocationTrace&) = delete;
    AllocationTrace& operator=(const AllocationTrace&) = delete;

    /// Hands the state as it is now to the sink: what was freed since the last operator is in it.
    void look();

private:
    class Follower;
    class TensorFollower;
    class OperatorFollower;
    std::unique_ptr<Follower> follower_;
};

} // namespace headroom
