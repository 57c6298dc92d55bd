// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/utf8.h"
#include "tests/support/strict_main.h"

#include <QString>

#include <string>

using namespace headroom;

class TestUtf8 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Qt has a decoder of its own to compare with.
    void decodesWhatQtEncodes() {
        for (char32_t code = 1; code <= 0x10ffff; code += 7) {
            if (code >= 0xd800 && code <= 0xdfff)
                continue;
            const QByteArray bytes = QString::fromUcs4(&code, 1).toUtf8();
            const Utf8Character character = decodeUtf8(bytes.toStdString() + "x");
            QVERIFY(character.valid);
            QCOMPARE(character.code, code);
            QCOMPARE(character.bytes, static_cast<std::size_t>(bytes.size()));
        }
    }

    void refusesWhatIsNotUtf8_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("continuation") << QByteArray("\x80");
        QTest::newRow("overlong slash") << QByteArray("\xc0\xaf");
        QTest::newRow("overlong in three") << QByteArray("\xe0\x80\xaf");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80");
        QTest::newRow("above U+10FFFF") << QByteArray("\xf4\x90\x80\x80");
        QTest::newRow("cut off") << QByteArray("\xec\x86");
        QTest::newRow("five bytes") << QByteArray("\xf8\x88\x80\x80\x80");
        QTest::newRow("bad continuation") << QByteArray("\xc3(");
    }
    void refusesWhatIsNotUtf8() {
        QFETCH(QByteArray, bytes);
        const Utf8Character character = decodeUtf8(bytes.toStdString());
        QVERIFY(!character.valid);
        QCOMPARE(character.bytes, std::size_t{1});
    }

    void countsTheColumnsOfATerminal() {
        QCOMPARE(columnsOf(U'a'), 1);
        QCOMPARE(columnsOf(U'é'), 1);
        QCOMPARE(columnsOf(U'한'), 2);
        QCOMPARE(columnsOf(U'曲'), 2);
        QCOMPARE(columnsOf(0x301), 0);  // combining acute accent
        QCOMPARE(columnsOf(0x200b), 0); // zero-width space
    }

    void knowsWhatATerminalObeys() {
        for (const char32_t code : {0x07, 0x1b, 0x7f, 0x9b, 0x202e, 0x2066})
            QVERIFY(isControlCharacter(code));
        for (const char32_t code : {U' ', U'a', U'한'})
            QVERIFY(!isControlCharacter(code));
    }
};

HEADROOM_TEST_MAIN(TestUtf8)
#include "tst_utf8.moc"
