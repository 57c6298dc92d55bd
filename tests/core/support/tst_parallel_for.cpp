// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/parallel_for.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <stdexcept>

using namespace headroom;

class TestParallelFor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void processesEveryItemOnce() {
        for (const std::size_t threads : {1, 2, 7}) {
            std::array<std::atomic<int>, 100> calls{};
            parallelFor(calls.size(), threads, {}, [&](std::size_t i) { ++calls[i]; });
            QVERIFY(std::ranges::all_of(calls, [](const auto& count) { return count == 1; }));
        }
        parallelFor(0, 3, {}, [](std::size_t) { QFAIL("called without items"); });
    }

    void stopsOnRequest() {
        std::stop_source source;
        std::atomic<int> calls = 0;
        parallelFor(1000, 2, source.get_token(), [&](std::size_t) {
            ++calls;
            source.request_stop();
        });
        QVERIFY(calls >= 1 && calls <= 2);
    }

    void rethrowsFirstException() {
        std::atomic<int> calls = 0;
        const auto work = [&](std::size_t) {
            ++calls;
            throw std::runtime_error("broken");
        };
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, parallelFor(1000, 2, {}, work));
        QVERIFY(calls >= 1 && calls <= 2);
    }

    void limitsThreads() {
        QCOMPARE(threadsUpTo(1), std::size_t{1});
        QVERIFY(threadsUpTo(1000) >= 1);
    }
};

HEADROOM_TEST_MAIN(TestParallelFor)
#include "tst_parallel_for.moc"
