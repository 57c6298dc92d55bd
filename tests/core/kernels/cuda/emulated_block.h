// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/core/kernels/cuda/fiber.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

// Static shared variables of all kernels lie in a section of their own, whose ends the linker knows. Weak,
// because there may be none.
extern "C" {
extern char __start_headroom_shared[] __attribute__((weak));
extern char __stop_headroom_shared[] __attribute__((weak));
}

namespace headroom::test {

/// threadIdx, blockIdx, blockDim or gridDim.
struct EmulatedIndex {
    unsigned x = 1;
    unsigned y = 1;
    unsigned z = 1;
};

/// Runs the threads of a block on the CPU, as fibers that switch where they meet: at barriers and exchanges.
/// Between two meetings each warp runs as far as it can, in an order that the test chooses, so that a missing
/// barrier changes the result. One emulation at a time.
class EmulatedBlock {
public:
    enum class Order { Forward, Backward, Shuffled };
    static constexpr int lanes = 32; ///< threads of a warp

    EmulatedBlock(int threads, unsigned sharedBytes, Order order)
        : threads_(threads), sharedBytes_(sharedBytes), order_(order), all_(threads),
          turn_((threads + lanes - 1) / lanes), positions_(threads),
          shared_((sharedBytes + guardBytes) / 16 + 1) {
        std::iota(positions_.begin(), positions_.end(), 0);
        std::iota(turn_.begin(), turn_.end(), 0);
        if (order == Order::Backward) {
            std::reverse(positions_.begin(), positions_.end());
            std::reverse(turn_.begin(), turn_.end());
        }
        current_ = this;
    }
    ~EmulatedBlock() { current_ = nullptr; }
    EmulatedBlock(const EmulatedBlock&) = delete;
    EmulatedBlock& operator=(const EmulatedBlock&) = delete;

    static EmulatedBlock& current() { return *current_; }

    /// Runs the kernel as the block of the current blockIdx.
    /// @throws std::logic_error for what a card does not allow, and what the kernel throws
    void run(const std::function<void()>& kernel) {
        poison();
        for (Thread& thread : all_) {
            thread.fiber.start(kernel);
            thread.at = Place::Running;
            thread.exchanges = 0;
        }
        while (!allAre(Place::Gone)) {
            shuffle(turn_);
            for (const int warp : turn_)
                while (runWarp(warp))
                    shuffle(positions_);
            if (allAre(Place::Gone))
                break;
            if (!allAre(Place::AtBlock)) // also if some have returned, which a card may accept
                throw std::logic_error("threads of a block wait in different places");
            for (Thread& thread : all_)
                thread.at = Place::Running;
        }
        checkGuard();
    }

    /// Dynamic shared memory.
    char* sharedMemory() { return reinterpret_cast<char*>(shared_.data()); }

    int thread() const { return running_; }
    int lane() const { return running_ % lanes; }

    /// A barrier of all threads of the block.
    void meet() { wait(Place::AtBlock); }
    /// A barrier of all threads of the warp.
    void meetWarp() { wait(Place::AtWarp); }

    /// The threads of the warp meet and show each other a value.
    /// @return a function: the value of a lane, until the second next exchange
    template <class T>
    auto exchange(const T& mine) {
        static_assert(sizeof(T) <= slotBytes);
        const int me = running_;
        // Two alternating slots: no lane writes to a slot that another one still reads.
        const int slot = all_[me].exchanges++ % 2;
        std::memcpy(all_[me].slots[slot], &mine, sizeof mine);
        meetWarp();
        return [this, slot, first = me - me % lanes](int lane) {
            T theirs;
            std::memcpy(&theirs, all_.at(first + lane).slots[slot], sizeof theirs);
            return theirs;
        };
    }

private:
    enum class Place { Running, AtWarp, AtBlock, Gone };

    static constexpr std::size_t slotBytes = 32;
    static constexpr unsigned guardBytes = 4096; ///< after the dynamic shared memory
    static constexpr char poisonByte = '\xff';   ///< floating-point numbers of such bytes are NaN
    static constexpr char guardByte = '\xa5';

    struct alignas(16) Sixteen {
        char bytes[16];
    };
    struct Thread {
        Fiber fiber;
        Place at = Place::Gone;
        int exchanges = 0;
        alignas(16) char slots[2][slotBytes] = {};
    };

    /// Makes shared memory NaN until it is written.
    void poison() {
        if (__start_headroom_shared != nullptr)
            std::memset(__start_headroom_shared, poisonByte,
                        __stop_headroom_shared - __start_headroom_shared);
        std::memset(sharedMemory(), poisonByte, sharedBytes_);
        std::memset(sharedMemory() + sharedBytes_, guardByte, guardBytes);
    }
    void checkGuard() {
        const char* guard = sharedMemory() + sharedBytes_;
        if (std::any_of(guard, guard + guardBytes, [](char byte) { return byte != guardByte; }))
            throw std::logic_error("a kernel writes beyond the shared memory of its launch");
    }

    bool allAre(Place place) const {
        return std::all_of(all_.begin(), all_.end(),
                           [&](const Thread& thread) { return thread.at == place; });
    }

    void shuffle(std::vector<int>& list) {
        if (order_ == Order::Shuffled)
            std::shuffle(list.begin(), list.end(), random_);
    }

    /// Runs the threads of a warp until each waits or has returned.
    /// @return whether all reached a barrier of the warp, so that they can continue
    bool runWarp(int warp) {
        const int first = warp * lanes;
        const int end = std::min(first + lanes, threads_);
        for (const int i : positions_)
            if (first <= i && i < end && all_[i].at == Place::Running)
                resume(i);
        for (int i = first; i < end; ++i)
            if (all_[i].at != Place::AtWarp)
                return false;
        for (int i = first; i < end; ++i)
            all_[i].at = Place::Running;
        return true;
    }

    void resume(int i); // sets threadIdx

    void wait(Place place) {
        Thread& thread = all_[running_];
        thread.at = place;
        thread.fiber.pause();
    }

    static inline EmulatedBlock* current_ = nullptr;

    int threads_;
    unsigned sharedBytes_;
    Order order_;
    std::vector<Thread> all_;
    std::vector<int> turn_;      ///< warps in the order in which they run
    std::vector<int> positions_; ///< threads in the order in which they run within their warp
    std::vector<Sixteen> shared_;
    std::mt19937 random_{1};
    int running_ = 0;
};

} // namespace headroom::test

inline headroom::test::EmulatedIndex threadIdx;
inline headroom::test::EmulatedIndex blockIdx;
inline headroom::test::EmulatedIndex blockDim;
inline headroom::test::EmulatedIndex gridDim;

inline void headroom::test::EmulatedBlock::resume(int i) {
    running_ = i;
    threadIdx = {static_cast<unsigned>(i), 0, 0};
    if (all_[i].fiber.resume())
        all_[i].at = Place::Gone;
}

namespace headroom::test {

/// Runs a kernel on all blocks of a grid, one after the other.
/// @param kernel calls the kernel with its arguments
/// @param sharedBytes dynamic shared memory of a block
/// @throws std::logic_error for what a card does not allow
inline void emulate(EmulatedIndex grid, int threads, unsigned sharedBytes, EmulatedBlock::Order order,
                    const std::function<void()>& kernel) {
    gridDim = grid;
    blockDim = {static_cast<unsigned>(threads), 1, 1};
    EmulatedBlock block(threads, sharedBytes, order);
    for (blockIdx.z = 0; blockIdx.z < grid.z; ++blockIdx.z)
        for (blockIdx.y = 0; blockIdx.y < grid.y; ++blockIdx.y)
            for (blockIdx.x = 0; blockIdx.x < grid.x; ++blockIdx.x)
                block.run(kernel);
}

} // namespace headroom::test

#include "tests/core/kernels/cuda/emulated_intrinsics.h"
