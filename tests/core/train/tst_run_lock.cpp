// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/run_lock.h"
#include "tests/support/strict_main.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sys/stat.h>

using namespace headroom;

namespace {

/// The message of the Error if the lock is denied; empty if it is granted.
std::string errorMessage(const std::string& file) {
    try {
        const RunLock lock(file);
    } catch (const Error& error) {
        return error.message();
    }
    return "";
}

} // namespace

class TestRunLock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesTheHolder() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral(".lock")).toStdString();
        auto first = std::make_unique<RunLock>(file);
        const std::string message = errorMessage(file);
        QVERIFY2(message.find("process " + std::to_string(QCoreApplication::applicationPid()) + " on ") !=
                     std::string::npos,
                 message.c_str());
        first.reset();
        QCOMPARE(errorMessage(file), std::string());
    }
    void isReleasedWhenHolderDies() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral(".lock"));
        // util-linux's flock holds the lock for as long as the command runs.
        QProcess other;
        other.start(QStringLiteral("flock"),
                    {QStringLiteral("--exclusive"), file, QStringLiteral("--command"),
                     QStringLiteral("echo held; exec cat")});
        if (!other.waitForStarted())
            QSKIP("the flock program is not installed");
        QVERIFY(other.waitForReadyRead());
        QVERIFY(errorMessage(file.toStdString()).find("being written by another program") !=
                std::string::npos);
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished(-1));
        QCOMPARE(errorMessage(file.toStdString()), std::string());
    }
    void ignoresNameOfDeadProcess() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral(".lock"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("process 1 on elsewhere\n");
        file.close();
        QCOMPARE(errorMessage(path.toStdString()), std::string());
    }
    void doesNotFollowSymbolicLink() {
        const QTemporaryDir folder;
        const std::string victim = folder.filePath(QStringLiteral("victim")).toStdString();
        const std::string file = folder.filePath(QStringLiteral(".lock")).toStdString();
        std::ofstream(victim) << "mine";
        std::filesystem::create_symlink("victim", file);
        QVERIFY(errorMessage(file).find("symbolic link") != std::string::npos);
        QVERIFY(lockHolder(file).empty());
        QCOMPARE(std::filesystem::file_size(victim), std::uintmax_t{4});
    }
    void doesNotWaitForPipe() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral(".lock")).toStdString();
        QCOMPARE(::mkfifo(file.c_str(), 0600), 0);
        QVERIFY(!errorMessage(file).empty());
        QVERIFY(lockHolder(file).empty());
    }
    void renewsRemovedLock() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral(".lock")).toStdString();
        RunLock lock(file);
        QVERIFY(lock.isHeld() && !lock.renew());
        std::filesystem::remove(file);
        QVERIFY(lock.renew());
        QVERIFY(!lockHolder(file).empty());
        QVERIFY(!lock.renew());
    }
    void throwsIfAnotherProgramTookOver() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral(".lock")).toStdString();
        RunLock lock(file);
        std::filesystem::remove(file);
        const RunLock other(file);
        std::ofstream(file) << "process 1 on elsewhere\n";
        try {
            lock.renew();
            QFAIL("two writers");
        } catch (const RunTakenOver& error) {
            QVERIFY(error.message().find("process 1 on elsewhere") != std::string::npos);
        }
    }
    void throwsIfFileCannotBeCreated() { QVERIFY(!errorMessage("/nowhere/.lock").empty()); }
};

HEADROOM_TEST_MAIN(TestRunLock)
#include "tst_run_lock.moc"
