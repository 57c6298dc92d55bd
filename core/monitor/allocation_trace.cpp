// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/allocation_trace.h"

#include "core/monitor/counting_allocator.h"

#include <ATen/Context.h>
#include <ATen/record_function.h>
#include <c10/core/CachingDeviceAllocator.h>

#include <atomic>
#include <utility>

namespace headroom {

class AllocationTrace::Tracker {
public:
    virtual ~Tracker() = default;
    virtual void sample() = 0;
};

/// For the CPU: sends a state per allocation and free.
class AllocationTrace::TensorTracker final : public Tracker {
public:
    explicit TensorTracker(Sink sink)
        : sink_(std::move(sink)), observer_([this](std::int64_t bytes) {
              ++state_.events;
              state_.allocated += bytes;
              state_.reserved = state_.allocated;
              sink_(state_);
          }) {}
    void sample() override { sink_(state_); }

private:
    Sink sink_;
    AllocationState state_;
    TensorObserver observer_;
};

/// For other devices: sends the statistics of their allocator at the start and end of every operator.
class AllocationTrace::OperatorTracker final : public Tracker {
public:
    OperatorTracker(c10::Device device, Sink sink) : device_(device), sink_(std::move(sink)) {
        at::globalContext().lazyInitDevice(device.type()); // the allocator needs it
        before_ = events(stats());
        active = this;
        handle_ = at::addThreadLocalCallback(
            at::RecordFunctionCallback(
                [](const at::RecordFunction&) -> std::unique_ptr<at::ObserverContext> {
                    active.load()->sample();
                    return nullptr;
                },
                [](const at::RecordFunction&, at::ObserverContext*) { active.load()->sample(); })
                .scopes({at::RecordScope::FUNCTION}));
    }
    ~OperatorTracker() override {
        at::removeCallback(handle_);
        active = nullptr;
    }
    void sample() override {
        const auto now = stats();
        sink_({events(now) - before_, now.allocated_bytes[all].current, now.reserved_bytes[all].current});
    }

private:
    static constexpr auto all = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);

    c10::CachingDeviceAllocator::DeviceStats stats() const {
        return c10::getDeviceAllocator(device_.type())->getDeviceStats(device_.index());
    }
    static std::int64_t events(const c10::CachingDeviceAllocator::DeviceStats& stats) {
        return stats.allocation[all].allocated + stats.allocation[all].freed;
    }
    // LibTorch's callbacks are plain functions and also run on autograd's thread.
    static inline std::atomic<OperatorTracker*> active = nullptr;

    c10::Device device_;
    Sink sink_;
    std::int64_t before_ = 0;
    at::CallbackHandle handle_ = at::INVALID_CALLBACK_HANDLE;
};

AllocationTrace::AllocationTrace(c10::Device device, Sink sink) {
    if (device.is_cpu())
        tracker_ = std::make_unique<TensorTracker>(std::move(sink));
    else
        tracker_ = std::make_unique<OperatorTracker>(device, std::move(sink));
}

AllocationTrace::~AllocationTrace() = default;

void AllocationTrace::sample() {
    tracker_->sample();
}

} // namespace headroom
