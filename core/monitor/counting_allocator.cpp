#include "core/monitor/counting_allocator.h"

#include "core/support/machine_memory.h"

#include <c10/core/CPUAllocator.h>
#include <c10/core/alignment.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>

namespace headroom {
namespace {

/// From here on the machine is asked whether it has the memory; less hardly matters to it.
constexpr std::size_t worthAsking = std::size_t{64} << 20;

std::atomic<std::int64_t> allocated{0};
std::atomic<std::int64_t> peak{0};

/// Of this thread; null: nobody listens.
thread_local const std::function<void(std::int64_t)>* listener = nullptr;

void tell(std::int64_t bytes) {
    if (listener != nullptr)
        (*listener)(bytes);
}

void raisePeak(std::int64_t bytes) {
    std::int64_t highest = peak.load(std::memory_order_relaxed);
    while (highest < bytes && !peak.compare_exchange_weak(highest, bytes)) {
    }
}

/// LibTorch's own allocator, with the size of each block noted in front of it: so the pointer to the data is
/// all that freeing needs, which is what raw_deleter() promises.
class CountingAllocator final : public c10::Allocator {
public:
    explicit CountingAllocator(c10::Allocator* inner) : inner_(inner) {}

    c10::DataPtr allocate(std::size_t bytes) override {
        const c10::Device device(c10::kCPU);
        if (bytes == 0)
            return {nullptr, nullptr, &free, device};
        if (bytes >= worthAsking && bytes <= std::numeric_limits<std::int64_t>::max())
            requireMemory(static_cast<std::int64_t>(bytes), "a tensor");
        // What is too much to add a header to is too much for the inner allocator, which then says so.
        const std::size_t most = std::numeric_limits<std::size_t>::max() - header;
        auto* block = static_cast<std::byte*>(inner_->raw_allocate(bytes > most ? bytes : bytes + header));
        std::memcpy(block, &bytes, sizeof bytes);
        const auto size = static_cast<std::int64_t>(bytes);
        raisePeak(allocated.fetch_add(size) + size);
        tell(size);
        std::byte* data = block + header;
        return {data, data, &free, device};
    }

    c10::DeleterFnPtr raw_deleter() const override { return &free; }

    void copy_data(void* to, const void* from, std::size_t bytes) const override {
        inner_->copy_data(to, from, bytes);
    }

    static CountingAllocator* installed;

private:
    static constexpr std::size_t header = c10::gAlignment; // keeps the data as aligned as it was

    static void free(void* data) {
        if (data == nullptr)
            return;
        auto* block = static_cast<std::byte*>(data) - header;
        std::size_t bytes = 0;
        std::memcpy(&bytes, block, sizeof bytes);
        allocated.fetch_sub(static_cast<std::int64_t>(bytes));
        tell(-static_cast<std::int64_t>(bytes));
        installed->inner_->raw_deallocate(block);
    }

    c10::Allocator* inner_;
};

CountingAllocator* CountingAllocator::installed = nullptr;

} // namespace

void countCpuTensors() {
    [[maybe_unused]] static const bool once = [] {
        // Never destroyed: tensors may outlive main.
        CountingAllocator::installed = new CountingAllocator(c10::GetCPUAllocator());
        c10::SetCPUAllocator(CountingAllocator::installed, std::numeric_limits<std::uint8_t>::max());
        return true;
    }();
}

TensorListener::TensorListener(std::function<void(std::int64_t)> sink) : sink_(std::move(sink)) {
    countCpuTensors();
    listener = &sink_;
}

TensorListener::~TensorListener() {
    listener = nullptr;
}

CountedBytes takeCountedBytes() {
    const std::int64_t highest = peak.exchange(allocated.load());
    // What was allocated between the two is still held, and belongs to the next peak.
    const std::int64_t now = allocated.load();
    raisePeak(now);
    return {now, std::max(highest, now)};
}

} // namespace headroom
