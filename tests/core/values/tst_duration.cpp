// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/duration.h"
#include "tests/support/strict_main.h"

#include <limits>

using headroom::Duration;
using headroom::inLargestUnits;

class TestDuration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasItsTwoLargestUnits_data() {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<int>("unit");
        QTest::addColumn<std::int64_t>("whole");
        QTest::addColumn<std::int64_t>("rest");
        const auto row = [](double seconds, Duration::Unit unit, std::int64_t whole, std::int64_t rest) {
            QTest::addRow("%g s", seconds) << seconds << static_cast<int>(unit) << whole << rest;
        };
        row(-1, Duration::Unit::Seconds, 0, 0);
        row(0.4, Duration::Unit::Seconds, 0, 0);
        row(59.4, Duration::Unit::Seconds, 59, 0);
        row(59.6, Duration::Unit::Minutes, 1, 0);
        row(3599, Duration::Unit::Minutes, 59, 59);
        row(3725, Duration::Unit::Hours, 1, 2);
        row(86399, Duration::Unit::Hours, 23, 59);
        row(2 * 86400 + 3 * 3600, Duration::Unit::Days, 2, 3);
    }
    void hasItsTwoLargestUnits() {
        QFETCH(double, seconds);
        const auto duration = inLargestUnits(seconds);
        QVERIFY(duration);
        QTEST(static_cast<int>(duration->unit), "unit");
        QTEST(duration->whole, "whole");
        QTEST(duration->rest, "rest");
    }

    void isUnknownIfNotFinite() {
        QVERIFY(!inLargestUnits(std::numeric_limits<double>::infinity()));
        QVERIFY(!inLargestUnits(std::numeric_limits<double>::quiet_NaN()));
        QVERIFY(!inLargestUnits(1e300));
    }
};

HEADROOM_TEST_MAIN(TestDuration)
#include "tst_duration.moc"
