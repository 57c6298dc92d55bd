// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/memory_monitor.h"
#include "core/monitor/memory_sampler.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <c10/core/CPUAllocator.h>

#include <atomic>
#include <cstdint>
#include <future>
#include <optional>
#include <thread>
#include <vector>

using namespace headroom;

namespace {

constexpr std::int64_t mebibyte = 1 << 20;

at::Tensor bytes(std::int64_t count) {
    return at::empty({count}, at::kByte);
}

} // namespace

class TestMemoryMonitor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        early_ = bytes(mebibyte);
        monitor_.emplace(c10::kCPU);
    }

    void init() { before_ = monitor_->sample().allocated; }

    void countsRequestedBytes() {
        for (const std::int64_t size : {std::int64_t(1), std::int64_t(63), 3 * mebibyte + 7}) {
            at::Tensor tensor = bytes(size);
            QCOMPARE(reinterpret_cast<std::uintptr_t>(tensor.data_ptr()) % 64, std::uintptr_t(0));
            QCOMPARE(monitor_->sample().allocated, before_ + size);
            tensor.reset();
            QCOMPARE(monitor_->sample().allocated, before_);
        }
        const at::Tensor none = bytes(0);
        QCOMPARE(monitor_->sample().allocated, before_);
    }

    void peakIsSincePreviousSample() {
        const at::Tensor kept = bytes(mebibyte);
        bytes(5 * mebibyte).reset();
        const MemoryUse use = monitor_->sample();
        QCOMPARE(use.peakAllocated, before_ + 6 * mebibyte);
        QCOMPARE(use.peakReserved, use.peakAllocated);
        QCOMPARE(use.allocated, before_ + mebibyte);
        QCOMPARE(use.reserved, use.allocated);
        QCOMPARE(monitor_->sample().peakAllocated, before_ + mebibyte);
    }

    /// Reading the peak of the device resets it; the peaks of other monitors must not change.
    void monitorsHaveSeparatePeaks() {
        MemoryMonitor second(c10::kCPU);
        second.sample();
        bytes(5 * mebibyte).reset();
        QCOMPARE(second.sample().peakAllocated, before_ + 5 * mebibyte);
        QCOMPARE(second.sample().peakAllocated, before_);
        bytes(2 * mebibyte).reset();
        MemoryMonitor copy = second;
        QCOMPARE(copy.sample().peakAllocated, before_ + 2 * mebibyte);
        QCOMPARE(second.sample().peakAllocated, before_);
        QCOMPARE(monitor_->sample().peakAllocated, before_ + 5 * mebibyte);
    }

    void samplerStopsWhenDestroyed() {
        std::atomic<int> samples = 0;
        std::promise<void> several;
        {
            const MemorySampler sampler(c10::kCPU, std::chrono::milliseconds(1), [&](const MemoryUse& use) {
                QVERIFY(use.deviceTotal > 0);
                if (++samples == 5)
                    several.set_value();
            });
            several.get_future().wait();
        }
        const int atDestruction = samples;
        std::this_thread::yield();
        QCOMPARE(samples.load(), atDestruction);
        const MemorySampler slow(c10::kCPU, std::chrono::hours(1), [](const MemoryUse&) {});
    }

    void countsStorageUntilLastViewIsFreed() {
        at::Tensor whole = at::zeros({4 * mebibyte}, at::kByte);
        at::Tensor part = whole.slice(0, 0, 1);
        whole.reset();
        QCOMPARE(monitor_->sample().allocated, before_ + 4 * mebibyte);
        part.reset();
        QCOMPARE(monitor_->sample().allocated, before_);
    }

    void ignoresTensorsCreatedBefore() {
        early_.reset();
        QCOMPARE(monitor_->sample().allocated, before_);
    }

    void secondMonitorCountsTensorsOnce() {
        MemoryMonitor second(c10::kCPU);
        const at::Tensor tensor = bytes(mebibyte);
        QCOMPARE(second.sample().allocated, before_ + mebibyte);
    }

    void countsTensorsOfAllThreads() {
        constexpr int threads = 4;
        std::vector<std::vector<at::Tensor>> kept(threads);
        std::vector<std::thread> workers;
        for (auto& mine : kept)
            workers.emplace_back([&mine] {
                for (int i = 0; i < 1000; ++i) {
                    const at::Tensor temporary = bytes(4096);
                    mine.push_back(bytes(100));
                }
            });
        for (int i = 0; i < 100; ++i) {
            const MemoryUse use = monitor_->sample();
            QVERIFY(use.allocated >= before_ && use.peakAllocated >= use.allocated);
        }
        for (std::thread& worker : workers)
            worker.join();
        QCOMPARE(monitor_->sample().allocated, before_ + threads * 1000 * 100);
        // Freed by another thread than the one that created them.
        kept.clear();
        QCOMPARE(monitor_->sample().allocated, before_);
    }

    void countsRawAllocations() {
        c10::Allocator* allocator = c10::GetCPUAllocator();
        void* memory = allocator->raw_allocate(mebibyte);
        QCOMPARE(monitor_->sample().allocated, before_ + mebibyte);
        allocator->raw_deallocate(memory);
        QCOMPARE(monitor_->sample().allocated, before_);
    }

    void refusesAllocationsBeyondMachineMemory() {
        c10::Allocator* allocator = c10::GetCPUAllocator();
        for (const std::size_t size : {SIZE_MAX, SIZE_MAX - 64}) {
            QVERIFY_THROWS_EXCEPTION(c10::Error, allocator->allocate(size));
            QCOMPARE(monitor_->sample().peakAllocated, before_);
        }
        // Linux would grant these: it overcommits.
        const auto total = static_cast<std::size_t>(monitor_->sample().deviceTotal);
        for (const std::size_t size : {total, SIZE_MAX / 2 - 64}) {
            QVERIFY_THROWS_EXCEPTION(OutOfMemoryError, allocator->allocate(size));
            QCOMPARE(monitor_->sample().peakAllocated, before_);
        }
    }

    void reportsMachineMemory() {
        const MemoryUse use = monitor_->sample();
        QVERIFY(use.deviceTotal > 64 * mebibyte);
        QVERIFY(use.deviceUsed > 0 && use.deviceUsed < use.deviceTotal);
        QVERIFY(*use.others > 0 && *use.others < use.deviceUsed);
    }

private:
    at::Tensor early_;
    std::optional<MemoryMonitor> monitor_;
    std::int64_t before_ = 0;
};

HEADROOM_TEST_MAIN(TestMemoryMonitor)
#include "tst_memory_monitor.moc"
