// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// Smallest allocation that is checked against the available memory: the check reads /proc.
constexpr std::size_t checkedSize = std::size_t{64} << 20;

std::atomic<std::int64_t> allocated{0};
std::atomic<std::int64_t> peak{0};

/// The observer of this thread; null if there is none.
thread_local const std::function<void(std::int64_t)>* observer = nullptr;

void notifyObserver(std::int64_t bytes) {
    if (observer != nullptr)
        (*observer)(bytes);
}

void raisePeak(std::int64_t bytes) {
    std::int64_t highest = peak.load(std::memory_order_relaxed);
    while (highest < bytes && !peak.compare_exchange_weak(highest, bytes)) {
    }
}

/// Wraps LibTorch's allocator and stores the size of each block in front of it: raw_deleter() requires that
/// the data pointer suffices to free it.
class CountingAllocator final : public c10::Allocator {
public:
    explicit CountingAllocator(c10::Allocator* inner) : inner_(inner) {}

    c10::DataPtr allocate(std::size_t bytes) override {
        const c10::Device device(c10::kCPU);
        if (bytes == 0)
            return {nullptr, nullptr, &free, device};
        if (bytes >= checkedSize && bytes <= std::numeric_limits<std::int64_t>::max())
            requireMemory(static_cast<std::int64_t>(bytes), "a tensor");
        // If the header does not fit, neither does the block: the inner allocator throws.
        const std::size_t most = std::numeric_limits<std::size_t>::max() - header;
        auto* block = static_cast<std::byte*>(inner_->raw_allocate(bytes > most ? bytes : bytes + header));
        std::memcpy(block, &bytes, sizeof bytes);
        const auto size = static_cast<std::int64_t>(bytes);
        raisePeak(allocated.fetch_add(size) + size);
        notifyObserver(size);
        std::byte* data = block + header;
        return {data, data, &free, device};
    }

    c10::DeleterFnPtr raw_deleter() const override { return &free; }

    void copy_data(void* to, const void* from, std::size_t bytes) const override {
        inner_->copy_data(to, from, bytes);
    }

    static CountingAllocator* installed;

private:
    static constexpr std::size_t header = c10::gAlignment; // keeps the alignment of the data

    static void free(void* data) {
        if (data == nullptr)
            return;
        auto* block = static_cast<std::byte*>(data) - header;
        std::size_t bytes = 0;
        std::memcpy(&bytes, block, sizeof bytes);
        allocated.fetch_sub(static_cast<std::int64_t>(bytes));
        notifyObserver(-static_cast<std::int64_t>(bytes));
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

TensorObserver::TensorObserver(std::function<void(std::int64_t)> sink) : sink_(std::move(sink)) {
    countCpuTensors();
    observer = &sink_;
}

TensorObserver::~TensorObserver() {
    observer = nullptr;
}

CountedBytes takeCountedBytes() {
    const std::int64_t highest = peak.exchange(allocated.load());
    // Allocations between the two reads belong to the next peak.
    const std::int64_t now = allocated.load();
    raisePeak(now);
    return {now, std::max(highest, now)};
}

} // namespace headroom
