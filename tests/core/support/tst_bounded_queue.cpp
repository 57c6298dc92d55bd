#include "core/support/bounded_queue.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <latch>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

using headroom::BoundedQueue;

class TestBoundedQueue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheOrder() {
        BoundedQueue<std::unique_ptr<int>> queue(3);
        for (int i = 0; i < 3; ++i)
            QVERIFY(queue.push(std::make_unique<int>(i)));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(**queue.pop(), i);
    }
    void everyItemArrivesOnceAndMemoryIsBounded() {
        constexpr int producers = 3, consumers = 3, each = 500;
        BoundedQueue<int> queue(4);
        std::vector<std::vector<int>> taken(consumers);
        std::size_t largest = 0;
        {
            std::vector<std::jthread> readers, writers;
            for (int c = 0; c < consumers; ++c)
                readers.emplace_back([&, c] {
                    while (auto item = queue.pop())
                        taken[c].push_back(*item);
                });
            for (int p = 0; p < producers; ++p)
                writers.emplace_back([&, p] {
                    for (int i = 0; i < each; ++i)
                        queue.push(p * each + i);
                });
            for (int i = 0; i < 1000; ++i)
                largest = std::max(largest, queue.size());
            writers.clear();
            queue.close();
        }
        std::vector<int> all;
        for (const auto& part : taken) {
            // What one producer pushed, one consumer sees in order.
            for (int p = 0; p < producers; ++p) {
                std::vector<int> ofOne;
                std::copy_if(part.begin(), part.end(), std::back_inserter(ofOne),
                             [&](int item) { return item / each == p; });
                QVERIFY(std::is_sorted(ofOne.begin(), ofOne.end()));
            }
            all.insert(all.end(), part.begin(), part.end());
        }
        std::sort(all.begin(), all.end());
        std::vector<int> expected(producers * each);
        std::iota(expected.begin(), expected.end(), 0);
        QCOMPARE(all, expected);
        QVERIFY(largest <= 4);
    }
    void stopWakesWhoeverWaits() {
        BoundedQueue<int> full(1), empty(1);
        QVERIFY(full.push(1));
        bool pushed = true, popped = true;
        std::latch started(2);
        {
            std::jthread producer([&](const std::stop_token& stop) {
                started.count_down();
                pushed = full.push(2, stop);
            });
            std::jthread consumer([&](const std::stop_token& stop) {
                started.count_down();
                popped = empty.pop(stop).has_value();
            });
            started.wait();
        } // requests the stop and joins
        QVERIFY(!pushed);
        QVERIFY(!popped);
        QCOMPARE(full.size(), std::size_t{1});
    }
    void closingWakesWhoeverWaitsAndLeavesWhatIsThere() {
        BoundedQueue<int> queue(1);
        QVERIFY(queue.push(7));
        bool pushed = true;
        {
            const std::jthread producer([&] { pushed = queue.push(8); });
            queue.close();
        }
        QVERIFY(!pushed);
        QCOMPARE(queue.pop(), std::optional(7));
        QVERIFY(!queue.pop());
        QVERIFY(!queue.push(9));
    }
};

HEADROOM_TEST_MAIN(TestBoundedQueue)
#include "tst_bounded_queue.moc"
