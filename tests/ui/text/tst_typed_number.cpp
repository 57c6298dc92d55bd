// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/text/typed_number.h"

using namespace headroom::ui;

class TestTypedNumber : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTypedNumbers_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("number");
        const auto row = [](const char* text, double number) {
            QTest::newRow(text) << QString::fromUtf8(text) << number;
        };
        row("2.5", 2.5);
        row("2,5", 2.5);
        row("0,001", 0.001);
        row("0,25", 0.25);
        row("3e-4", 3e-4);
        row("1,5e-4", 1.5e-4);
        row("-0,5", -0.5);
        row("−2", -2);      // typographic minus
        row("２．５", 2.5); // full width
        row("２，５", 2.5);
        row(" 8 ", 8);
        row("12345,678", 12345.678);
        row("1,50", 1.5);
    }
    void readsTypedNumbers() {
        QFETCH(QString, text);
        QFETCH(double, number);
        QCOMPARE(readTypedNumber(text, false).value_or(-999), number);
    }

    void rejectsAmbiguousAndOtherText_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"1,500", "1,500,000", "1.500,5", "1,500.5", "1 500", "2,5,1", "1'000", "2;5",
                                 "", ",", "1e", "8 s", "0x10", "inf", "nan", "٢٫٥", "1_000"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void rejectsAmbiguousAndOtherText() {
        QFETCH(QString, text);
        QVERIFY2(!readTypedNumber(text, false), qPrintable(text));
    }

    void wholeNumbersHaveNoSeparators() {
        QCOMPARE(readTypedNumber(QStringLiteral("16"), true).value_or(-1), 16.0);
        for (const char* text : {"2,5", "2.5", "1,000", "1.0", "1e3"})
            QVERIFY2(!readTypedNumber(QString::fromUtf8(text), true), text);
    }

    void recognizesTheBeginningOfANumber() {
        for (const char* text : {"", "-", "2,", "2.", "1e", "1e-", "1,500"})
            QVERIFY2(beginsTypedNumber(QString::fromUtf8(text), false), text);
        for (const char* text : {"2,5,", "x", "2.5.", "1 5", "e5e"})
            QVERIFY2(!beginsTypedNumber(QString::fromUtf8(text), false), text);
    }
};

HEADROOM_UI_TEST_MAIN(TestTypedNumber)
#include "tst_typed_number.moc"
