// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/shell_quoted.h"
#include "tests/support/strict_main.h"

#include <QProcess>

using namespace headroom;

class TestShellQuoted : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plainWordsNeedNoQuotes() {
        QCOMPARE(shellQuoted("runs/2026-01-02-demo"), std::string("runs/2026-01-02-demo"));
        QCOMPARE(shellQuoted("training.batch_size=2"), std::string("training.batch_size=2"));
    }
    void theShellPassesTheSameBytes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("spaces") << QByteArray("my songs");
        QTest::newRow("quotes") << QByteArray("it's \"here\" \\ there");
        QTest::newRow("shell characters") << QByteArray("$HOME `id` *; & | < > ~ #");
        QTest::newRow("Korean") << QByteArray("실행 🎛");
        QTest::newRow("control characters") << QByteArray("a\x1b[31m\n\t'\\b");
        QTest::newRow("direction of writing") << QByteArray("a\xe2\x80\xae"
                                                            "b");
        QTest::newRow("not UTF-8") << QByteArray("a\xff\xc3 b");
    }
    void theShellPassesTheSameBytes() {
        QFETCH(QByteArray, text);
        const std::string quoted = shellQuoted(text.toStdString());
        QProcess shell;
        shell.start("/bin/bash", {"-s"});
        shell.write("printf %s " + QByteArray::fromStdString(quoted));
        shell.closeWriteChannel();
        QVERIFY(shell.waitForFinished(-1));
        QCOMPARE(shell.readAllStandardOutput(), text);
    }
};

HEADROOM_TEST_MAIN(TestShellQuoted)
#include "tst_shell_quoted.moc"
