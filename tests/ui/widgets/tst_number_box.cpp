// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QLineEdit>
#include <QSignalSpy>

using namespace headroom::ui;

namespace {

struct Fixture {
    Theme theme{Theme::Mode::Dark};
    NumberBox box{0.1, 60, false};

    Fixture() {
        box.setValue(8);
        box.show();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&box);
        box.setFocus();
    }
    void type(const QString& text, Qt::Key leave = Qt::Key_Return) {
        box.selectAll();
        QTest::keyClicks(&box, text);
        QTest::keyClick(&box, leave);
    }
    bool isMarked() { return box.property("faulty").toBool(); }
};

} // namespace

class TestNumberBox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsADecimalComma() {
        Fixture f;
        f.type(QStringLiteral("2,5"));
        QCOMPARE(f.box.value(), 2.5);
        QCOMPARE(f.box.text(), QStringLiteral("2.5"));
        QVERIFY(!f.isMarked());
    }

    void marksInvalidInputAndKeepsTheValue() {
        Fixture f;
        QSignalSpy changed(&f.box, &NumberBox::valueChanged);
        for (const char* text : {"1,500", "2,5,1", "61", "4 s"}) {
            f.type(QString::fromUtf8(text));
            QCOMPARE(f.box.value(), 8.0);
            QCOMPARE(f.box.text(), QStringLiteral("8"));
            QVERIFY2(f.isMarked(), text);
            QVERIFY(!f.box.accessibleDescription().isEmpty());
        }
        QCOMPARE(changed.count(), 0);
        f.type(QStringLiteral("4"));
        QCOMPARE(f.box.value(), 4.0);
        QVERIFY(!f.isMarked());
    }

    void marksInvalidInputWhileTyping() {
        Fixture f;
        f.box.selectAll();
        QTest::keyClicks(&f.box, QStringLiteral("2,"));
        QVERIFY(!f.isMarked());
        QTest::keyClicks(&f.box, QStringLiteral("5,"));
        QVERIFY(f.isMarked());
        QCOMPARE(f.box.text(), QStringLiteral("2,5,"));
        QTest::keyClick(&f.box, Qt::Key_Escape);
        QVERIFY(!f.isMarked());
        QCOMPARE(f.box.text(), QStringLiteral("8"));
    }

    void validatesWhenTheFocusLeaves() {
        Fixture f;
        f.box.selectAll();
        QTest::keyClicks(&f.box, QStringLiteral("9x"));
        f.box.clearFocus();
        QCOMPARE(f.box.value(), 8.0);
        QVERIFY(f.isMarked());
    }

    void acceptsSuffixesAndSpecialValueTexts() {
        const Theme theme(Theme::Mode::Dark);
        NumberBox box(0, 120, false);
        box.setSuffix(QStringLiteral(" s"));
        box.setSpecialValueText(QStringLiteral("as in the run"));
        box.setValue(0);
        box.show();
        box.setFocus();
        QTest::keyClick(&box, Qt::Key_Return);
        QVERIFY(!box.property("faulty").toBool());
        box.setValue(6);
        box.selectAll();
        QTest::keyClicks(&box, QStringLiteral("2,5"));
        QTest::keyClick(&box, Qt::Key_Return);
        QCOMPARE(box.value(), 2.5);
        QCOMPARE(box.text(), QStringLiteral("2.5 s"));
        QTest::keyClick(&box, Qt::Key_Up);
        QCOMPARE(box.value(), 3.5);
    }
};

HEADROOM_UI_TEST_MAIN(TestNumberBox)
#include "tst_number_box.moc"
