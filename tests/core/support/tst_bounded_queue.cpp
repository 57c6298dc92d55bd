// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/bounded_queue.h"
#include "tests/support/strict_main.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <thread>

using namespace headroom;

class TestBoundedQueue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheOrderBetweenThreads() {
        constexpr int count = 10000;
        BoundedQueue<std::unique_ptr<int>> queue(3);
        std::atomic<int> pushed = 0;
        std::jthread producer([&] {
            for (int i = 0; i < count && queue.push(std::make_unique<int>(i)); ++i)
                ++pushed;
            queue.close();
        });
        for (int i = 0; i < count; ++i) {
            const auto item = queue.pop();
            QVERIFY(item.has_value());
            QCOMPARE(**item, i);
            QVERIFY(pushed <= i + 1 + 3 + 1); // this one, those that wait, and one that is being pushed
        }
        QVERIFY(!queue.pop().has_value());
    }
    void closingKeepsWhatWaits() {
        BoundedQueue<int> queue(2);
        QVERIFY(queue.push(1) && queue.push(2));
        queue.close();
        QCOMPARE(queue.pop(), std::optional(1));
        QCOMPARE(queue.pop(), std::optional(2));
        QVERIFY(!queue.pop());
    }
    void cancelingEndsBothSides() {
        BoundedQueue<int> full(1);
        QVERIFY(full.push(1));
        std::atomic<bool> accepted = true;
        std::jthread producer([&] { accepted = full.push(2); });
        full.cancel();
        producer.join();
        QVERIFY(!accepted);
        QVERIFY(!full.pop());

        BoundedQueue<int> empty(1);
        std::atomic<bool> got = true;
        std::jthread consumer([&] { got = empty.pop().has_value(); });
        empty.cancel();
        consumer.join();
        QVERIFY(!got);
        QVERIFY(!empty.push(1));
    }
};

HEADROOM_TEST_MAIN(TestBoundedQueue)
#include "tst_bounded_queue.moc"
