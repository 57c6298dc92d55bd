// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/slices.h"
#include "tests/support/strict_main.h"

#include <thread>
#include <vector>

using namespace headroom;

namespace {

using Slices = std::vector<std::pair<std::int64_t, std::int64_t>>;

Slices slicesOf(std::int64_t total, std::int64_t slices) {
    Slices found;
    forEachSlice(total, slices,
                 [&](std::int64_t begin, std::int64_t end) { found.emplace_back(begin, end); });
    return found;
}

/// Records the loops and runs only the first slice of each.
class FirstSliceOnly : public SliceObserver {
public:
    void run(std::int64_t total, std::int64_t size, const SliceBody& body) override {
        loops.emplace_back(total, size);
        body(0, std::min(size, total));
    }

    Slices loops;
};

} // namespace

class TestSlices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void visitsEveryRowOnceInOrder() {
        for (std::int64_t total = 0; total <= 20; ++total) {
            for (std::int64_t slices = 1; slices <= 25; ++slices) {
                const Slices found = slicesOf(total, slices);
                QVERIFY(static_cast<std::int64_t>(found.size()) <= slices);
                std::int64_t next = 0;
                for (const auto& [begin, end] : found) {
                    QCOMPARE(begin, next);
                    QVERIFY(end > begin && (end == total || end - begin == sliceSize(total, slices)));
                    next = end;
                }
                QCOMPARE(next, total);
            }
        }
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, slicesOf(3, 0));
    }

    void observerRunsNestedLoops() {
        FirstSliceOnly outer;
        Slices inner;
        {
            const SliceObserverGuard guard(outer);
            forEachSlice(7, 3, [&](std::int64_t, std::int64_t end) {
                forEachSlice(end, 2,
                             [&](std::int64_t begin, std::int64_t to) { inner.emplace_back(begin, to); });
            });
        }
        QCOMPARE(outer.loops, (Slices{{7, 3}, {3, 2}}));
        QCOMPARE(inner, (Slices{{0, 2}}));
        QCOMPARE(slicesOf(7, 3).size(), std::size_t{3}); // the guard has restored the default
    }

    void observersNestAndAreThreadLocal() {
        FirstSliceOnly outer;
        FirstSliceOnly nested;
        const SliceObserverGuard guard(outer);
        {
            const SliceObserverGuard within(nested);
            QCOMPARE(slicesOf(4, 4).size(), std::size_t{1});
        }
        std::size_t elsewhere = 0;
        std::thread([&] { elsewhere = slicesOf(4, 4).size(); }).join();
        QCOMPARE(elsewhere, std::size_t{4});
        QCOMPARE(slicesOf(4, 4).size(), std::size_t{1});
        QCOMPARE(nested.loops.size(), std::size_t{1});
        QCOMPARE(outer.loops.size(), std::size_t{1});
    }
};

HEADROOM_TEST_MAIN(TestSlices)
#include "tst_slices.moc"
