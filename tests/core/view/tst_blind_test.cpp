// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/blind_test.h"
#include "tests/support/strict_main.h"

#include <cmath>

using headroom::BlindTest;

class TestBlindTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pValueIsTheBinomialTail() {
        BlindTest test(1);
        QCOMPARE(test.pValue(), 1.0);
        for (int i = 0; i < 7; ++i)
            test.guess(test.xIsA());
        for (int i = 0; i < 2; ++i)
            test.guess(!test.xIsA());
        QCOMPARE(test.right(), 7);
        QCOMPARE(test.guesses(), 9);
        QVERIFY(std::abs(test.pValue() - 46.0 / 512) < 1e-9); // 36 + 9 + 1 of 512
    }

    void drawsXForEachGuess() {
        BlindTest test(2);
        int isA = 0;
        int changes = 0;
        for (int i = 0; i < 1000; ++i) {
            const bool before = test.xIsA();
            isA += before ? 1 : 0;
            QCOMPARE(test.guess(true), before);
            changes += test.xIsA() != before ? 1 : 0;
        }
        QVERIFY(std::abs(isA - 500) < 80 && std::abs(changes - 500) < 80);
        test.restart();
        QCOMPARE(test.guesses(), 0);
        QCOMPARE(test.right(), 0);
    }
};

HEADROOM_TEST_MAIN(TestBlindTest)
#include "tst_blind_test.moc"
