// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks the order of streams: whether events order all accesses to the same device memory. The fake runtime
// does everything at once, so that a missing event changes no result. If FAKECUDA_ORDER is set, the first two
// accesses without an order end the process with status 3.
#include "fake_order.h"

#include "cuda_half_types.h"
#include "fake_cuda.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <string>
#include <utility>

namespace {

using Stream = const void*;
constexpr Stream defaultStream = nullptr; ///< the allocator reuses freed memory in it

/// For each stream, up to which of its accesses something is ordered.
using Clock = std::map<Stream, std::uint64_t>;

/// Numbers of the last accesses of a stream.
struct Last {
    std::uint64_t read = 0;
    std::uint64_t write = 0;
};

using Range = std::pair<std::uintptr_t, std::uintptr_t>; ///< begin and end

struct Block {
    std::uintptr_t end;
    std::map<Range, std::map<Stream, Last>> accesses;
};

class Order {
public:
    void record(const void* event, Stream stream) {
        const std::lock_guard lock(mutex_);
        events_[event] = clocks_[stream];
    }

    void wait(Stream stream, const void* event) {
        const std::lock_guard lock(mutex_);
        Clock& clock = clocks_[stream];
        for (const auto& [other, number] : events_[event])
            clock[other] = std::max(clock[other], number);
    }

    void access(Stream stream, std::uintptr_t begin, std::size_t size, bool writes, const std::string& what) {
        const std::lock_guard lock(mutex_);
        const std::uint64_t number = ++clocks_[stream][stream];
        auto block = blocks_.upper_bound(begin);
        if (size == 0 || block == blocks_.begin() || begin >= (--block)->second.end)
            return;
        requireOrder(stream, block->second, {begin, begin + size}, writes, what);
        Last& last = block->second.accesses[{begin, begin + size}][stream];
        (writes ? last.write : last.read) = number;
    }

    /// Other streams must wait for what the default stream did before: it may have used the same memory.
    void allocated(std::uintptr_t begin, std::size_t size) {
        const std::lock_guard lock(mutex_);
        const std::uint64_t now = clocks_[defaultStream][defaultStream];
        blocks_[begin] = {begin + size, {{{begin, begin + size}, {{defaultStream, {.write = now}}}}}};
    }

    void freed(std::uintptr_t begin) {
        const std::lock_guard lock(mutex_);
        const auto block = blocks_.find(begin);
        if (block == blocks_.end())
            return;
        requireOrder(defaultStream, block->second, {begin, block->second.end}, true, "free");
        blocks_.erase(block);
    }

private:
    void requireOrder(Stream stream, const Block& block, Range range, bool writes, const std::string& what) {
        const Clock& clock = clocks_[stream];
        for (const auto& [used, streams] : block.accesses) {
            if (used.first >= range.second || used.second <= range.first)
                continue;
            for (const auto& [other, last] : streams) {
                const auto known = clock.find(other);
                const std::uint64_t conflict = writes ? std::max(last.read, last.write) : last.write;
                if (other == stream || conflict <= (known == clock.end() ? 0 : known->second))
                    continue;
                std::fprintf(stderr, "%s in stream %p is not ordered after stream %p\n", what.c_str(), stream,
                             other);
                std::fflush(stderr);
                std::_Exit(3);
            }
        }
    }

    std::mutex mutex_;
    std::map<Stream, Clock> clocks_;
    std::map<const void*, Clock> events_;
    std::map<std::uintptr_t, Block> blocks_; ///< of LibTorch's allocator, by address
};

/// Null if the order is not checked. Never destroyed.
Order* order() {
    static Order* const checked = std::getenv("FAKECUDA_ORDER") == nullptr ? nullptr : new Order;
    return checked;
}

std::atomic<std::size_t> sideCopies = 0;

std::uintptr_t addressOf(const void* pointer) {
    return reinterpret_cast<std::uintptr_t>(pointer);
}

} // namespace

namespace fake {

void noteCopy(void* target, const void* source, std::size_t size, int kind, const void* stream) {
    if (order() == nullptr)
        return;
    if (stream != defaultStream)
        ++sideCopies;
    if (kind != cudaMemcpyHostToDevice)
        order()->access(stream, addressOf(source), size, false, "copy");
    if (kind != cudaMemcpyDeviceToHost)
        order()->access(stream, addressOf(target), size, true, "copy");
}

void noteAllocation(const void* pointer, std::int64_t size) {
    if (order() == nullptr)
        return;
    if (size > 0)
        order()->allocated(addressOf(pointer), static_cast<std::size_t>(size));
    else
        order()->freed(addressOf(pointer));
}

} // namespace fake

extern "C" {

void fakeAccess(const void* stream, const void* pointer, std::size_t size, int writes, const char* what) {
    if (order() != nullptr)
        order()->access(stream, addressOf(pointer), size, writes != 0, what);
}

/// Number of copies in other streams than the default one.
std::size_t fakeSideCopies() {
    return sideCopies;
}

IMPLEMENTED(cudaEventRecord) cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
    if (order() != nullptr)
        order()->record(event, stream);
    return cudaSuccess;
}

IMPLEMENTED(cudaEventRecordWithFlags)
cudaError_t cudaEventRecordWithFlags(cudaEvent_t event, cudaStream_t stream, unsigned) {
    return cudaEventRecord(event, stream);
}

IMPLEMENTED(cudaStreamWaitEvent)
cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned) {
    if (order() != nullptr)
        order()->wait(stream, event);
    return cudaSuccess;
}
}
