// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <c10/core/CPUAllocator.h>
#include <c10/core/alignment.h>
#include <c10/util/Exception.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace headroom::test {

/// Limits the memory of CPU tensors, so that tests can run out of it as on a card. Install once per program,
/// before its first tensor; there is no limit until one is set.
class ScarceMemory final : public c10::Allocator {
public:
    static ScarceMemory& install() {
        // Never destroyed, because tensors may outlive main.
        static ScarceMemory* memory = [] {
            auto* created = new ScarceMemory(c10::GetCPUAllocator());
            c10::SetCPUAllocator(created, std::numeric_limits<std::uint8_t>::max());
            return created;
        }();
        return *memory;
    }

    std::int64_t allocated() const { return allocated_; }
    /// Peak since the last call, bytes.
    std::int64_t takePeak() { return peak_.exchange(allocated_); }
    /// Allocations that would exceed this many bytes throw as they do on CUDA.
    void setLimit(std::int64_t bytes) { limit_ = bytes; }
    void setUnlimited() { limit_ = std::numeric_limits<std::int64_t>::max(); }

    c10::DataPtr allocate(std::size_t bytes) override {
        const auto size = static_cast<std::int64_t>(bytes);
        if (allocated_ + size > limit_)
            C10_THROW_ERROR(OutOfMemoryError, "CUDA out of memory. Tried to allocate more than there is.");
        allocated_ += size;
        if (allocated_ > peak_)
            peak_ = allocated_.load();
        auto* block = static_cast<std::byte*>(inner_->raw_allocate(bytes + header));
        std::memcpy(block, &bytes, sizeof bytes);
        return {block + header, block + header, &release, c10::Device(c10::kCPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &release; }
    void copy_data(void* to, const void* from, std::size_t bytes) const override {
        inner_->copy_data(to, from, bytes);
    }

private:
    static constexpr std::size_t header = c10::gAlignment; // keeps the alignment of the data

    static void release(void* data) {
        if (data == nullptr)
            return;
        auto* block = static_cast<std::byte*>(data) - header;
        std::size_t bytes = 0;
        std::memcpy(&bytes, block, sizeof bytes);
        ScarceMemory& memory = install();
        memory.allocated_ -= static_cast<std::int64_t>(bytes);
        memory.inner_->raw_deallocate(block);
    }

    explicit ScarceMemory(c10::Allocator* inner) : inner_(inner) {}

    c10::Allocator* inner_;
    std::atomic<std::int64_t> allocated_{0};
    std::atomic<std::int64_t> peak_{0};
    std::atomic<std::int64_t> limit_{std::numeric_limits<std::int64_t>::max()};
};

} // namespace headroom::test
