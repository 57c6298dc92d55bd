// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/parse_bytes.h"
#include "tests/support/strict_main.h"

#include <string>

using headroom::parseBytes;

class TestParseBytes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parsesCommonNotations() {
        for (const char* text :
             {"7.5GiB", "7.5 GiB", "7,5GiB", "7,50 gib", "7.500GiB", "7680MiB", "7 680 MiB", "7680M", "7.5G",
              "7.5g", "7.5Gi", " 7.5\tGiB ", "7.5\u00a0GiB", "7\u202f680 MiB", "8053063680B",
              "8053063680 bytes", "8053063680", "7864320k", "0.00732421875TiB"}) {
            const auto amount = parseBytes(text);
            QVERIFY2(amount.has_value(), text);
            QCOMPARE(amount->bytes, 8053063680.0);
        }
    }

    void unitsWithoutAnIAreDecimal() {
        for (const char* text : {"8GB", "8 gb", "8000MB", "8000000KB", "0.008TB"})
            QCOMPARE(parseBytes(text)->bytes, 8e9);
    }

    void reportsWhetherThereIsAUnit() {
        QVERIFY(parseBytes("8192MiB")->hasUnit);
        QVERIFY(parseBytes("8192 b")->hasUnit);
        QVERIFY(!parseBytes("8192")->hasUnit);
        QVERIFY(!parseBytes("0")->hasUnit);
    }

    void rejectsOtherText() {
        for (const char* text :
             {"",           " ",        "GiB",    ".",        ",",        "-1",       "-8 GiB",
              "+8GiB",      "8XiB",     "8GiBs",  "8.5.1GiB", "8,5,1GiB", "8,192MiB", "1,234.5GiB",
              "1.234,5GiB", "lots",     "nan",    "inf",      "infGiB",   "0x10",     "1e9",
              "8 GiB 2",    "8GiB8GiB", "8/2GiB", "\xff"})
            QVERIFY2(!parseBytes(text), text);
        QVERIFY(!parseBytes(std::string(400, '9')));
        QVERIFY(!parseBytes(std::string("8\0GiB", 5)));
    }
};

HEADROOM_TEST_MAIN(TestParseBytes)
#include "tst_parse_bytes.moc"
