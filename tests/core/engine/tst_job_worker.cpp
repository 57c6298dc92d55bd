// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/job_worker.h"
#include "tests/support/answers.h"
#include "tests/support/strict_main.h"

#include <latch>

using headroom::JobWorker;
using headroom::test::Answers;

class TestJobWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsJobsInOrder() {
        Answers<int> done;
        JobWorker worker;
        for (int i = 0; i < 100; ++i)
            worker.post(1, [i, report = done.sink()](const std::stop_token&) { report(i); });
        const std::vector<int> order = done.awaitUntil([](int i) { return i == 99; });
        for (int i = 0; i < 100; ++i)
            QCOMPARE(order.at(i), i);
    }

    void cancelsCurrentAndQueuedJobs() {
        Answers<int> stopped;
        std::latch begun(1);
        JobWorker worker;
        worker.post(1, [&, report = stopped.sink()](const std::stop_token& stop) {
            begun.count_down();
            while (!stop.stop_requested())
                std::this_thread::yield();
            report(1);
        });
        for (const int number : {2, 1, 3}) {
            worker.post(number, [number, report = stopped.sink()](const std::stop_token& stop) {
                report(stop.stop_requested() ? 10 + number : number);
            });
        }
        begun.wait();
        worker.cancel(1);
        const auto all = stopped.awaitUntil([](int i) { return i == 3; });
        QCOMPARE(all, (std::vector<int>{1, 2, 11, 3}));
    }

    void destructionStopsCurrentJobAndDiscardsRest() {
        Answers<int> done;
        {
            JobWorker worker;
            std::latch begun(1);
            worker.post(1, [&begun, report = done.sink()](const std::stop_token& stop) {
                begun.count_down();
                while (!stop.stop_requested())
                    std::this_thread::yield();
                report(1);
            });
            worker.post(2, [report = done.sink()](const std::stop_token&) { report(2); });
            begun.wait();
        }
        QCOMPARE(done.soFar(), std::vector<int>{1});
    }
};

HEADROOM_TEST_MAIN(TestJobWorker)
#include "tst_job_worker.moc"
