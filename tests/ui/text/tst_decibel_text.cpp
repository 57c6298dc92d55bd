// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/text/decibel_text.h"

using namespace headroom::ui;

class TestDecibelText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasOneDecimalAndATypographicMinus() {
        QCOMPARE(decibelText(-12.34), QStringLiteral("\u221212.3"));
        QCOMPARE(decibelText(0), QStringLiteral("0.0"));
        QCOMPARE(decibelText(3.16), QStringLiteral("3.2"));
    }

    void zeroPowerIsMinusInfinity() {
        QCOMPARE(levelText(0.5), QStringLiteral("\u22123.0"));
        QCOMPARE(levelText(0), QStringLiteral("\u2212∞"));
    }

    void numbersForProgramsAreAscii() {
        QCOMPARE(decibelNumber(-12.34), QStringLiteral("-12.3"));
        QCOMPARE(levelNumber(0.5), QStringLiteral("-3.0"));
        QCOMPARE(levelNumber(0), QStringLiteral("-inf"));
    }
};

HEADROOM_UI_TEST_MAIN(TestDecibelText)
#include "tst_decibel_text.moc"
