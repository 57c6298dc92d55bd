// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/minimum_capacity.h"
#include "core/allocator/replay.h"
#include "core/allocator/stream_recorder.h"
#include "tests/core/allocator/drawn_streams.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

using namespace headroom;
using test::DrawnStream;
using test::fragmenting;
using test::mib;

namespace {

constexpr ReplayDevice boundless{.capacity = std::numeric_limits<std::int64_t>::max() / 4};

/// A passage of three inner passages, ten times; either unrolled or with repeat counts.
AllocationStream nested(bool deduplicate) {
    StreamRecorder recorder;
    const std::int32_t kept = recorder.allocate(5 * mib);
    const auto inner = [&] {
        const std::int32_t a = recorder.allocate(3 * mib);
        const std::int32_t b = recorder.allocate(30 * mib);
        recorder.free(a);
        recorder.free(b);
    };
    const auto outer = [&] {
        const std::int32_t block = recorder.allocate(700);
        const std::int64_t begin = recorder.position();
        for (int i = 0; i < (deduplicate ? 1 : 3); ++i)
            inner();
        if (deduplicate)
            recorder.repeat(begin, 2);
        recorder.free(block);
    };
    const std::int64_t begin = recorder.position();
    for (int i = 0; i < (deduplicate ? 1 : 10); ++i)
        outer();
    if (deduplicate)
        recorder.repeat(begin, 9);
    recorder.free(kept);
    return recorder.take();
}

} // namespace

class TestReplay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void passagesEqualUnrolledStream() {
        const AllocationStream unrolled = nested(false);
        const AllocationStream deduplicated = nested(true);
        for (const bool caching : {true, false}) {
            ReplayDevice device = boundless;
            device.caching = caching;
            const Replay a = replay(unrolled, device);
            const Replay b = replay(deduplicated, device);
            QCOMPARE(b.events, a.events);
            QCOMPARE(b.events, static_cast<std::int64_t>(unrolled.events.size()));
            QCOMPARE(b.parts, a.parts);
            QVERIFY(b.statistics.allocatedPeak == a.statistics.allocatedPeak);
            QVERIFY(b.statistics.reservedPeak == a.statistics.reservedPeak);
            QCOMPARE(b.statistics.allocated, 0);
        }
    }

    /// Also with little memory, when the repeats themselves free and allocate segments; and the smallest
    /// capacity is that with which the unrolled stream completes.
    void scarceMemoryEqualsUnrolledStream() {
        const auto seed = static_cast<std::uint32_t>(test::chosenSeed());
        for (std::uint32_t i = 0; i < 24; ++i) {
            const AllocationStream unrolled = DrawnStream(seed + i, false).draw();
            const AllocationStream deduplicated = DrawnStream(seed + i, true).draw();
            ReplayDevice device = boundless;
            device.settings.expandableSegments = i % 2 == 1;
            const Replay unlimited = replay(deduplicated, device);
            const std::int64_t least = minimumCapacity({{deduplicated, unlimited}}, device);
            for (std::int64_t capacity = unlimited.statistics.reservedPeak;
                 capacity > unlimited.statistics.reservedPeak / 2; capacity -= 7 * mib) {
                device.capacity = capacity;
                const Replay a = replay(unrolled, device);
                const Replay b = replay(deduplicated, device);
                QCOMPARE(b.completed, a.completed);
                QCOMPARE(b.events, a.events);
                QCOMPARE(b.parts, a.parts);
                QCOMPARE(b.statistics.allocatedPeak, a.statistics.allocatedPeak);
                QCOMPARE(b.statistics.reservedPeak, a.statistics.reservedPeak);
                QCOMPARE(b.nextCapacity, a.nextCapacity);
                QVERIFY(!a.completed || capacity >= least);
                QVERIFY(b.nextCapacity > capacity);
                device.capacity = b.nextCapacity - 1;
                if (!b.completed)
                    QVERIFY(!replay(unrolled, device).completed);
            }
            device.capacity = least;
            QVERIFY(replay(unrolled, device).completed);
            device.capacity = least - 1;
            QVERIFY(!replay(unrolled, device).completed);
        }
    }

    /// Requests that fragment the memory: expandable segments also reserve addresses by the capacity, so that
    /// a replay with a larger one can differ although its memory suffices.
    void replaysAreTheSameUpToTheNextCapacity() {
        const auto seed = static_cast<std::uint32_t>(test::chosenSeed());
        std::mt19937 random(seed);
        const auto between = [&](std::int64_t low, std::int64_t high) {
            return std::uniform_int_distribution<std::int64_t>(low, high)(random);
        };
        int longSteps = 0;
        for (int round = 0; round < 150; ++round) {
            const AllocationStream stream = fragmenting(between, round % 3 == 0);
            ReplayDevice device = boundless;
            device.settings.expandableSegments = round % 4 != 0;
            device.capacity = replay(stream, device).statistics.reservedPeak / 2;
            for (int step = 0; step < 20; ++step) {
                const Replay played = replay(stream, device);
                const std::int64_t last = std::min(played.nextCapacity - 1, 3 * device.capacity);
                QVERIFY(last >= device.capacity);
                longSteps += last > device.capacity + 40 * mib ? 1 : 0;
                for (const std::int64_t capacity : {last, between(device.capacity, last)}) {
                    ReplayDevice larger = device;
                    larger.capacity = capacity;
                    const Replay other = replay(stream, larger);
                    QCOMPARE(other.completed, played.completed);
                    QCOMPARE(other.events, played.events);
                    QVERIFY(other.statistics == played.statistics);
                }
                device.capacity = last + 1;
            }
        }
        QVERIFY(longSteps > 20); // not every step of the addresses counts
    }

    void allocatesPersistentBlocksOnce() {
        StreamRecorder recorder;
        const std::int32_t block = recorder.allocate(mib);
        recorder.allocatePersistent(8 * mib, MemoryPart::Workspaces);
        recorder.free(block);
        recorder.repeat(0, 4);
        const Replay played = replay(recorder.stream(), boundless);
        QCOMPARE(played.events, 1 + 5 * 2);
        QCOMPARE(played.statistics.allocated, 8 * mib);
        QCOMPARE(played.parts[static_cast<std::size_t>(MemoryPart::Workspaces)], 8 * mib);
    }

    void refusesUnbalancedPassages() {
        StreamRecorder recorder;
        const std::int32_t older = recorder.allocate(mib);
        const std::int64_t begin = recorder.position();
        const std::int32_t leaked = recorder.allocate(mib);
        QVERIFY_THROWS_EXCEPTION(std::logic_error, recorder.repeat(begin, 1));
        recorder.free(leaked);
        recorder.repeat(begin, 1);
        recorder.free(older);
        QVERIFY_THROWS_EXCEPTION(std::logic_error, recorder.repeat(begin, 1));
    }

    /// The peaks of a stage count from its beginning; the release ends the influence of earlier ones.
    void reportsPeaksOfEachStage() {
        StreamRecorder recorder;
        recorder.beginStage("first");
        const std::int32_t kept = recorder.allocate(12 * mib);
        recorder.free(recorder.allocate(100 * mib));
        recorder.release();
        recorder.beginStage("second");
        const std::int64_t begin = recorder.position();
        recorder.free(recorder.allocate(30 * mib));
        recorder.repeat(begin, 5);
        recorder.beginStage("third");
        recorder.release();
        recorder.free(kept);
        recorder.beginStage("last");
        for (const bool caching : {true, false}) {
            ReplayDevice device = boundless;
            device.caching = caching;
            const Replay played = replay(recorder.stream(), device);
            QCOMPARE(played.stages.size(), std::size_t(4));
            const auto expect = [&](std::size_t stage, std::int64_t allocated, std::int64_t reserved) {
                QCOMPARE(played.stages[stage].allocated, allocated * mib);
                QCOMPARE(played.stages[stage].reserved, (caching ? reserved : allocated) * mib);
            };
            QCOMPARE(recorder.stream().names[static_cast<std::size_t>(played.stages[1].name)],
                     std::string("second"));
            expect(0, 112, 112);
            expect(1, 42, 42);
            expect(2, 12, 42);
            expect(3, 0, 12);
            QCOMPARE(played.statistics.reservedPeak, 112 * mib);
        }
    }

    void refusesReleaseWithinPassage() {
        StreamRecorder recorder;
        recorder.free(recorder.allocate(mib));
        recorder.release();
        QVERIFY_THROWS_EXCEPTION(std::logic_error, recorder.repeat(0, 1));
    }

    void findsSmallestSufficientCapacity() {
        for (const bool expandable : {false, true}) {
            const AllocationStream stream = nested(true);
            ReplayDevice device = boundless;
            device.settings.expandableSegments = expandable;
            const Replay played = replay(stream, device);
            device.capacity = minimumCapacity({{stream, played}}, device);
            QVERIFY(device.capacity >= played.statistics.allocatedPeak);
            QVERIFY(device.capacity <= played.statistics.reservedPeak + 2 * mib);
            QVERIFY(replay(stream, device).completed);
            const std::int64_t least = device.capacity;
            for (device.capacity = least - 1; device.capacity >= played.statistics.allocatedPeak;
                 device.capacity -= 256 * 1024)
                QVERIFY(!replay(stream, device).completed);
        }
    }

    /// The segment of 20 MiB stays in use; that of 30 MiB is released for the last request. The peak of live
    /// blocks is 44 MiB.
    void minimumCapacityIsExact() {
        StreamRecorder recorder;
        const std::int32_t first = recorder.allocate(4 * mib);
        recorder.allocate(4 * mib);
        recorder.free(first);
        recorder.free(recorder.allocate(30 * mib));
        recorder.allocate(40 * mib);
        ReplayDevice device = boundless;
        const Replay played = replay(recorder.stream(), device);
        QCOMPARE(played.statistics.allocatedPeak, 44 * mib);
        QCOMPARE(played.statistics.reservedPeak, 90 * mib);
        QCOMPARE(minimumCapacity({{recorder.stream(), played}}, device), 60 * mib);
        device.capacity = 60 * mib;
        QVERIFY(replay(recorder.stream(), device).completed);
        device.capacity = 60 * mib - 1;
        QVERIFY(!replay(recorder.stream(), device).completed);
    }

    /// The CPU's allocator caches nothing: live blocks are all that it needs.
    void minimumCapacityOfCpuIsPeakOfLiveBlocks() {
        StreamRecorder recorder;
        recorder.free(recorder.allocate(30 * mib));
        recorder.allocate(4 * mib);
        recorder.allocate(40 * mib);
        ReplayDevice device = boundless;
        device.caching = false;
        const Replay played = replay(recorder.stream(), device);
        QCOMPARE(minimumCapacity({{recorder.stream(), played}}, device), 44 * mib);
        device.capacity = 44 * mib;
        QVERIFY(replay(recorder.stream(), device).completed);
        device.capacity = 44 * mib - 1;
        QVERIFY(!replay(recorder.stream(), device).completed);
    }

    /// As the segments themselves say.
    void reportsFreeMemory() {
        StreamRecorder recorder;
        const std::int32_t first = recorder.allocate(12 * mib);
        const std::int32_t second = recorder.allocate(40 * mib);
        const std::int32_t third = recorder.allocate(3 * mib);
        recorder.free(first);
        recorder.free(second);
        recorder.allocate(11 * mib); // where the first was
        recorder.free(third);
        for (const bool expandable : {false, true}) {
            ReplayDevice device = boundless;
            device.settings.expandableSegments = expandable;
            CachingAllocator allocator(device.settings, device.capacity);
            std::vector<MemoryBlock*> blocks;
            std::size_t events = 0;
            replay(recorder.stream(), device, [&](const ReplayState& state) {
                const std::int32_t entry = recorder.stream().events.at(events++);
                if (entry < 0)
                    allocator.free(blocks.at(static_cast<std::size_t>(~entry)));
                else
                    blocks.push_back(*allocator.allocate(
                        recorder.stream().blocks.at(static_cast<std::size_t>(entry)).bytes));
                FreeMemory free;
                std::int64_t bytes = 0;
                for (const MemoryBlock* segment : allocator.segments()) {
                    for (const MemoryBlock* block = segment; block != nullptr; block = block->next) {
                        if (block->allocated || !block->mapped)
                            continue;
                        ++free.blocks;
                        bytes += block->size;
                        free.largest = std::max(free.largest, block->size);
                    }
                }
                QVERIFY(state.free == free);
                QCOMPARE(state.reserved - state.allocated, bytes);
            });
            QCOMPARE(events, recorder.stream().events.size());
        }
        ReplayDevice cpu = boundless;
        cpu.caching = false;
        replay(recorder.stream(), cpu, [](const ReplayState& state) { QVERIFY(state.free == FreeMemory{}); });
    }

    void assignsPartsToLiveBlocks() {
        StreamRecorder recorder;
        const std::int32_t weights = recorder.allocate(2 * mib);
        recorder.assign(weights, MemoryPart::Parameters);
        const std::int64_t forward = recorder.position();
        recorder.free(recorder.allocate(4 * mib));
        recorder.allocate(3 * mib);
        recorder.assignLive(forward, MemoryPart::SavedActivations);
        recorder.allocate(6 * mib);
        ReplayDevice device = boundless;
        device.caching = false;
        const Replay played = replay(recorder.stream(), device);
        QCOMPARE(played.parts[static_cast<std::size_t>(MemoryPart::Parameters)], 2 * mib);
        QCOMPARE(played.parts[static_cast<std::size_t>(MemoryPart::SavedActivations)], 3 * mib);
        QCOMPARE(played.parts[static_cast<std::size_t>(MemoryPart::Temporaries)], 6 * mib);
    }
};

HEADROOM_TEST_MAIN(TestReplay)
#include "tst_replay.moc"
