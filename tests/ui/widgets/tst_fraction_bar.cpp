// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/event_count.h"
#include "tests/support/strict_ui_main.h"
#include "ui/widgets/fraction_bar.h"

using namespace headroom::ui;

class TestFractionBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doesNotRepaintImmediately() {
        FractionBar bar;
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        headroom::test::EventCount paints(bar, QEvent::Paint);
        bar.setFraction(0.5);
        QCOMPARE(bar.text(), QStringLiteral("50%"));
        QCOMPARE(paints.count, 0);
        QTRY_COMPARE(paints.count, 1);
    }
};

HEADROOM_UI_TEST_MAIN(TestFractionBar)
#include "tst_fraction_bar.moc"
