// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/log.h"
#include "tests/support/strict_main.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <string>
#include <sys/stat.h>
#include <thread>
#include <vector>

using namespace headroom;

namespace {

QStringList linesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)
                                          : QStringList();
}

void info(const std::string& text) {
    log(LogCategory::Training, LogLevel::Info, text);
}

} // namespace

class TestLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logsNowhereUntilStarted() {
        info("lost");
        QVERIFY(logFile().empty());
    }

    void writesCategoryLevelAndText() {
        const QTemporaryDir folder;
        startLog("program", folder.filePath("cache/headroom").toStdString(), false);
        QCOMPARE(QString::fromStdString(logFile().string()), folder.filePath("cache/headroom/program.log"));
        info("step 3");
        log(LogCategory::Cards, LogLevel::Error, "no driver {}");
        log(LogCategory::Cards, LogLevel::Debug, "a detail");
        const QStringList lines = linesOf(folder.filePath("cache/headroom/program.log"));
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].endsWith(" training info: step 3"));
        QVERIFY(lines[1].endsWith(" cards error: no driver {}"));
    }

    void noTextPassesForAnotherMessage() {
        const QTemporaryDir folder;
        startLog("program", folder.path().toStdString(), false);
        info("first\n2026-01-01T00:00:00.000 1 cards error: forged");
        QCOMPARE(linesOf(folder.filePath("program.log")).filter(QRegularExpression("^\\d")).size(), 1);
    }

    void staysBelowThreeMebibytes() {
        const QTemporaryDir folder;
        startLog("program", folder.path().toStdString(), false);
        const std::string text(1000, 'x');
        for (int i = 0; i < 5000; ++i)
            info(text);
        qint64 bytes = 0;
        for (const QFileInfo& file : QDir(folder.path()).entryInfoList(QDir::Files))
            bytes += file.size();
        QVERIFY(bytes > (qint64{1} << 20));
        QVERIFY(bytes <= 3 * (qint64{1} << 20));
    }

    void takesMessagesOfManyThreads() {
        const QTemporaryDir folder;
        startLog("program", folder.path().toStdString(), false);
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([] {
                for (int i = 0; i < 100; ++i)
                    info("message");
            });
        }
        threads.clear();
        const QStringList lines = linesOf(folder.filePath("program.log"));
        QCOMPARE(lines.size(), 400);
        QCOMPARE(lines.filter(QRegularExpression("^\\S+ \\d+ training info: message$")).size(), 400);
    }

    void hasNoFileIfNoneCanBeWritten() {
        startLog("program", "/proc/no/such/folder", false);
        info("lost");
        QVERIFY(logFile().empty());
    }

    void doesNotWaitForAPipe() {
        const QTemporaryDir folder;
        QCOMPARE(mkfifo(qPrintable(folder.filePath("program.log")), 0600), 0);
        startLog("program", folder.path().toStdString(), false);
        info("lost");
        QVERIFY(logFile().empty());
    }
};

HEADROOM_TEST_MAIN(TestLog)
#include "tst_log.moc"
