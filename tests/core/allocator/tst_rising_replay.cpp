// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/caching_allocator.h"
#include "core/allocator/rising_replay.h"
#include "tests/core/allocator/drawn_streams.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <limits>

using namespace headroom;
using test::mib;

namespace {

constexpr std::int64_t boundless = std::numeric_limits<std::int64_t>::max() / 4;

} // namespace

class TestRisingReplay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// However often it keeps copies, and whatever the steps of the capacity are.
    void continuedReplaysEqualThoseFromTheBeginning() {
        const auto seed = static_cast<std::uint32_t>(test::chosenSeed());
        std::mt19937 random(seed);
        const auto between = [&](std::int64_t low, std::int64_t high) {
            return std::uniform_int_distribution<std::int64_t>(low, high)(random);
        };
        int completed = 0;
        for (std::uint32_t round = 0; round < 120; ++round) {
            const AllocationStream stream = round % 2 == 0 ? test::DrawnStream(seed + round, true).draw()
                                                           : test::fragmenting(between, round % 3 == 0);
            const AllocatorSettings settings{.expandableSegments = round % 4 < 2,
                                             .maxSplitSize = round % 8 == 3 ? 32 * mib : 0};
            ReplayDevice device{.capacity = boundless, .settings = settings};
            device.capacity = replay(stream, device).statistics.reservedPeak / 2 + 1;
            RisingReplay rising(stream, CachingAllocator(settings, device.capacity), between(1, 40));
            for (int step = 0; step < 40; ++step) {
                const Replay expected = replay(stream, device);
                const Replay found = rising.play(device.capacity);
                QCOMPARE(found.completed, expected.completed);
                QCOMPARE(found.events, expected.events);
                QCOMPARE(found.parts, expected.parts);
                QVERIFY(found.statistics == expected.statistics);
                QCOMPARE(found.stages.size(), expected.stages.size());
                QCOMPARE(found.nextCapacity, expected.nextCapacity);
                completed += found.completed ? 1 : 0;
                if (found.nextCapacity >= boundless)
                    break;
                device.capacity = found.nextCapacity + (step % 3 == 0 ? between(0, 30 * mib) : 0);
            }
        }
        QVERIFY(completed > 50);
    }
};

HEADROOM_TEST_MAIN(TestRisingReplay)
#include "tst_rising_replay.moc"
