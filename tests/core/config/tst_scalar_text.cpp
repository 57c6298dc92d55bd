// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/scalar_text.h"
#include "tests/support/strict_main.h"

#include <QString>
#include <QStringDecoder>

#include <bit>
#include <cmath>
#include <random>

using namespace headroom;

class TestScalarText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parsesIntegers() {
        QCOMPARE(parseInteger("-12"), std::optional<std::int64_t>(-12));
        QCOMPARE(parseInteger("+12"), std::optional<std::int64_t>(12));
        for (const char* text :
             {"", "+", "-", "+-1", "1 ", " 1", "1.0", "0x10", "1_000", "9223372036854775808", "\xd9\xa3"})
            QVERIFY2(!parseInteger(text), text);
    }
    void roundTripsEveryNumber() {
        std::mt19937_64 generator(3);
        for (int i = 0; i < 10000; ++i) {
            const double number = std::bit_cast<double>(generator());
            if (std::isfinite(number))
                QCOMPARE(parseReal(formatNumber(number)), std::optional(number));
        }
        QCOMPARE(formatNumber(5e-4), std::string("0.0005"));
        QCOMPARE(formatNumber(30), std::string("30"));
        for (const char* text : {"", "nan", "inf", "1e999", "1,5", "0x1p3", "1.5.2", "1e", "5 s"})
            QVERIFY2(!parseReal(text), text);
    }
    void utf8CheckAgreesWithQt() {
        std::mt19937_64 generator(5);
        const std::string alphabet = "a\x80\xbf\xc2\xc1\xe0\xa0\x9f\xed\xef\xf0\x90\x8f\xf4\xf5\xff";
        for (int i = 0; i < 20000; ++i) {
            std::string text;
            for (std::size_t n = generator() % 6; n > 0; --n)
                text += alphabet[generator() % alphabet.size()];
            QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
            const QString decoded = decoder(QByteArray::fromStdString(text));
            QCOMPARE(isUtf8(text), !decoder.hasError() && !decoded.contains(QChar::ReplacementCharacter));
        }
    }
    void excerptsAreShortAndOnOneLine() {
        QCOMPARE(excerpt("a\nb\xff"), std::string("'a?b?'"));
        const std::string shown = excerpt(std::string(1000, 'x'));
        QVERIFY(shown.size() < 70 && shown.ends_with("...'"));
        QVERIFY(isUtf8(excerpt(QStringLiteral("한글").repeated(50).toStdString())));
    }
};

HEADROOM_TEST_MAIN(TestScalarText)
#include "tst_scalar_text.moc"
