// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/bytes.h"
#include "tests/support/strict_main.h"

using headroom::bytesPerGiB;
using headroom::formatBytes;

class TestBytes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unitsArePowersOf1024() {
        QCOMPARE(formatBytes(0), std::string("0 B"));
        QCOMPARE(formatBytes(1023), std::string("1023 B"));
        QCOMPARE(formatBytes(1536), std::string("2 KiB"));
        QCOMPARE(formatBytes(std::uint64_t{50} << 20), std::string("50 MiB"));
        QCOMPARE(formatBytes(bytesPerGiB / 2), std::string("0.5 GiB"));
        QCOMPARE(formatBytes(8 * bytesPerGiB), std::string("8.0 GiB"));
    }
};

HEADROOM_TEST_MAIN(TestBytes)
#include "tst_bytes.moc"
