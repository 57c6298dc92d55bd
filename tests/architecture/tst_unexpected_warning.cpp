// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_main.h"

/// An unexpected warning must fail: CTest expects exactly one failure of this program.
class TestUnexpectedWarning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void expectedWarningPasses() {
        QTest::ignoreMessage(QtWarningMsg, "expected");
        qWarning("expected");
    }
    void platformMessagePasses() { qWarning("This plugin does not support propagateSizeHints()"); }
    void unexpectedWarningFails() { qWarning("unexpected"); }
};

HEADROOM_TEST_MAIN(TestUnexpectedWarning)
#include "tst_unexpected_warning.moc"
