// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/save_schedule.h"
#include "tests/support/strict_main.h"

using headroom::SaveSchedule;
using namespace std::chrono_literals;

class TestSaveSchedule : public QObject {
    Q_OBJECT
private:
    const SaveSchedule::Clock::time_point start_ = SaveSchedule::Clock::now();

private Q_SLOTS:
    void savesByTime() {
        SaveSchedule schedule(10, start_);
        QVERIFY(!schedule.due(start_ + 9min));
        QVERIFY(schedule.due(start_ + 10min));
        schedule.saved(start_ + 11min);
        QVERIFY(!schedule.due(start_ + 20min));
        QVERIFY(schedule.due(start_ + 21min));
    }

    void zeroMinutesDisablesSavingByTime() {
        SaveSchedule schedule(0, start_);
        QVERIFY(!schedule.due(start_ + 24h));
        schedule.request();
        QVERIFY(schedule.due(start_ + 24h));
    }

    void requestStaysUntilSaved() {
        SaveSchedule schedule(10, start_);
        schedule.request();
        QVERIFY(schedule.due(start_));
        QVERIFY(schedule.due(start_ + 1s));
        schedule.saved(start_ + 1s);
        QVERIFY(!schedule.due(start_ + 2s));
    }

    void retriesWithGrowingDelay() {
        SaveSchedule schedule(10, start_);
        schedule.request();
        auto now = start_;
        double last = 0;
        for (int attempt = 0; attempt < 20; ++attempt) {
            QVERIFY(schedule.due(now));
            const double seconds = schedule.failed(now);
            QVERIFY(seconds >= last && seconds <= 600);
            QVERIFY(!schedule.due(now + 1s));
            now += std::chrono::duration_cast<SaveSchedule::Clock::duration>(
                std::chrono::duration<double>(seconds));
            last = seconds;
        }
        QCOMPARE(last, 600.0);
        schedule.saved(now);
        QVERIFY(!schedule.due(now + 1min));
        QCOMPARE(schedule.failed(now), 10.0);
    }
};

HEADROOM_TEST_MAIN(TestSaveSchedule)
#include "tst_save_schedule.moc"
