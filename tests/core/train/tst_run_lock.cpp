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

/// The message that refuses the lock; empty where it is granted.
std::string refusal(const std::string& file) {
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
    void oneHolderAtATimeIsNamed() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral(".lock")).toStdString();
        auto first = std::make_unique<RunLock>(file);
        const std::string message = refusal(file);
        QVERIFY2(message.find("process " + std::to_string(QCoreApplication::applicationPid()) + " on ") !=
                     std::string::npos,
                 message.c_str());
        first.reset();
        QCOMPARE(refusal(file), std::string());
    }
    void anotherProgramIsRefusedAndItsDeathFreesTheLock() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral(".lock"));
        // util-linux's flock holds the lock for as long as the command runs.
        QProcess other;
        other.start(QStringLiteral("flock"),
                    {QStringLiteral("--exclusive"), file, QStringLiteral("--command"),
                     QStringLiteral("echo held; exec cat")});
        if (!other.waitForStarted())
            QSKIP("no flock program here");
        QVERIFY(other.waitForReadyRead());
        QVERIFY(refusal(file.toStdString()).find("being written by another program") != std::string::npos);
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished());
        QCOMPARE(refusal(file.toStdString()), std::string());
    }
    void aNameLeftByADeadProcessIsNoLock() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral(".lock"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("process 1 on elsewhere\n");
        file.close();
        QCOMPARE(refusal(path.toStdString()), std::string());
    }
    void aLinkInAFolderFromOthersEmptiesNothing() {
        const QTemporaryDir folder;
        const std::string victim = folder.filePath(QStringLiteral("victim")).toStdString();
        const std::string file = folder.filePath(QStringLiteral(".lock")).toStdString();
        std::ofstream(victim) << "mine";
        std::filesystem::create_symlink("victim", file);
        QVERIFY(refusal(file).find("symbolic link") != std::string::npos);
        QVERIFY(lockHolder(file).empty());
        QCOMPARE(std::filesystem::file_size(victim), std::uintmax_t{4});
    }
    void aPipeIsNotWaitedFor() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral(".lock")).toStdString();
        QCOMPARE(::mkfifo(file.c_str(), 0600), 0);
        QVERIFY(!refusal(file).empty());
        QVERIFY(lockHolder(file).empty());
    }
    void aRemovedLockIsTakenAgain() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral(".lock")).toStdString();
        RunLock lock(file);
        QVERIFY(lock.isHeld() && !lock.renew());
        std::filesystem::remove(file);
        QVERIFY(lock.renew());
        QVERIFY(!lockHolder(file).empty());
        QVERIFY(!lock.renew());
    }
    void aLockThatAnotherTookMeanwhileIsTheirs() {
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
    void placesThatCannotBeWrittenAreErrors() { QVERIFY(!refusal("/nowhere/.lock").empty()); }
};

HEADROOM_TEST_MAIN(TestRunLock)
#include "tst_run_lock.moc"
