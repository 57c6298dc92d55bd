#include "core/monitor/allocation_trace.h"

#include "core/monitor/counting_allocator.h"

#include <ATen/Context.h>
#include <ATen/record_function.h>
#include <c10/core/CachingDeviceAllocator.h>

#include <atomic>
#include <utility>

namespace headroom {

class AllocationTrace::Follower {
public:
    virtual ~Follower() = default;
    virtual void look() = 0;
};

/// On the CPU: each tensor that is made or freed.
class AllocationTrace::TensorFollower final : public Follower {
public:
    explicit TensorFollower(Sink sink)
        : sink_(std::move(sink)), listener_([this](std::int64_t bytes) {
              ++state_.events;
              state_.allocated += bytes;
              state_.reserved = state_.allocated;
              sink_(state_);
          }) {}
    void look() override { sink_(state_); }

private:
    Sink sink_;
    AllocationState state_;
    TensorListener listener_;
};

/// On other devices: their allocator's own figures, whenever an operator begins or ends.
class AllocationTrace::OperatorFollower final : public Follower {
public:
    OperatorFollower(c10::Device device, Sink sink) : device_(device), sink_(std::move(sink)) {
        at::globalContext().lazyInitDevice(device.type()); // before that its allocator knows no device
        before_ = events(stats());
        active = this;
        handle_ = at::addThreadLocalCallback(
            at::RecordFunctionCallback(
                [](const at::RecordFunction&) -> std::unique_ptr<at::ObserverContext> {
                    active.load()->look();
                    return nullptr;
                },
                [](const at::RecordFunction&, at::ObserverContext*) { active.load()->look(); })
                .scopes({at::RecordScope::FUNCTION}));
    }
    ~OperatorFollower() override {
        at::removeCallback(handle_);
        active = nullptr;
    }
    void look() override {
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
    // LibTorch calls plain functions, on autograd's thread as well.
    static inline std::atomic<OperatorFollower*> active = nullptr;

    c10::Device device_;
    Sink sink_;
    std::int64_t before_ = 0;
    at::CallbackHandle handle_ = at::INVALID_CALLBACK_HANDLE;
};

AllocationTrace::AllocationTrace(c10::Device device, Sink sink) {
    if (device.is_cpu())
        follower_ = std::make_unique<TensorFollower>(std::move(sink));
    else
        follower_ = std::make_unique<OperatorFollower>(device, std::move(sink));
}

AllocationTrace::~AllocationTrace() = default;

void AllocationTrace::look() {
    follower_->look();
}

} // namespace headroom
