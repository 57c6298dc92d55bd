// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/mib.h"
#include "core/values/forecast.h"
#include "tests/support/strict_main.h"

using namespace headroom;

class TestForecast : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Up to 10 GiB the margin is 0.5 GiB, above it 5 % of the card.
    void isTightWithinMargin_data() {
        QTest::addColumn<qint64>("capacity");
        QTest::addColumn<qint64>("margin");
        QTest::newRow("8 GiB") << qint64{8192 * mib} << qint64{512 * mib};
        QTest::newRow("10 GiB") << qint64{10240 * mib} << qint64{512 * mib};
        QTest::newRow("20 GiB") << qint64{20480 * mib} << qint64{1024 * mib};
        QTest::newRow("80 GiB") << qint64{81920 * mib} << qint64{4096 * mib};
    }

    void isTightWithinMargin() {
        QFETCH(const qint64, capacity);
        QFETCH(const qint64, margin);
        QCOMPARE(verdictOf(0, capacity), Verdict::Fits);
        QCOMPARE(verdictOf(capacity - margin, capacity), Verdict::Fits);
        QCOMPARE(verdictOf(capacity - margin + 1, capacity), Verdict::Tight);
        QCOMPARE(verdictOf(capacity, capacity), Verdict::Tight);
        QCOMPARE(verdictOf(capacity + 1, capacity), Verdict::DoesNotFit);
    }
};

HEADROOM_TEST_MAIN(TestForecast)
#include "tst_forecast.moc"
