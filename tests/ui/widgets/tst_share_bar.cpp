#include "tests/support/event_count.h"
#include "tests/support/strict_ui_main.h"
#include "ui/widgets/share_bar.h"

using namespace headroom::ui;

class TestShareBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isPaintedWithTheRestOfTheWindow() {
        ShareBar bar;
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        headroom::test::EventCount paints(bar, QEvent::Paint);
        bar.setShare(0.5);
        QCOMPARE(bar.text(), QStringLiteral("50%"));
        QCOMPARE(paints.count, 0);
        QTRY_COMPARE(paints.count, 1);
    }
};

HEADROOM_UI_TEST_MAIN(TestShareBar)
#include "tst_share_bar.moc"
