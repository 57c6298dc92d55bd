#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

using headroom::AtomicFile;
using headroom::Error;
using headroom::writeFileAtomically;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

QStringList entries(const QTemporaryDir& folder) {
    return QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

class TestAtomicFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void appearsWholeOnCommit() {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QStringLiteral("한글 😀.txt"));
        {
            AtomicFile file(target.toStdString());
            file.write("one ");
            file.write("two");
            QVERIFY(!QFile::exists(target));
            file.commit();
        }
        QCOMPARE(contentOf(target), QByteArray("one two"));
        QCOMPARE(entries(folder).size(), 1);
    }
    void anUncommittedFileLeavesTheOldOne() {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QStringLiteral("a"));
        writeFileAtomically(target.toStdString(), "old");
        {
            AtomicFile file(target.toStdString());
            file.write("new");
            QVERIFY(AtomicFile::isTemporary(file.temporaryPath()));
            QCOMPARE(entries(folder).size(), 2);
        }
        QCOMPARE(contentOf(target), QByteArray("old"));
        QCOMPARE(entries(folder), QStringList(QStringLiteral("a")));
    }
    void anotherWriterCanFillTheTemporaryFile() {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QStringLiteral("a"));
        AtomicFile file(target.toStdString());
        QFile other(QString::fromStdString(file.temporaryPath().string()));
        QVERIFY(other.open(QIODevice::WriteOnly | QIODevice::Truncate));
        other.write("from a library");
        other.close();
        file.commit();
        QCOMPARE(contentOf(target), QByteArray("from a library"));
    }
    void theLongestNameIsPossible() {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QString(255, QLatin1Char('x')));
        writeFileAtomically(target.toStdString(), "fits");
        QCOMPARE(contentOf(target), QByteArray("fits"));
    }
    void impossibleTargetsAreErrorsThatNameThem() {
        const QTemporaryDir folder;
        const std::string target = folder.filePath(QStringLiteral("missing/a")).toStdString();
        try {
            writeFileAtomically(target, "x");
            QFAIL("wrote into a folder that is not there");
        } catch (const Error& error) {
            QCOMPARE(error.where(), target);
        }
        // A folder stands where the file should go: nothing is left behind.
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("b/c")));
        QVERIFY_EXCEPTION_THROWN(writeFileAtomically(folder.filePath(QStringLiteral("b")).toStdString(), "x"),
                                 Error);
        QCOMPARE(entries(folder), QStringList(QStringLiteral("b")));
    }
    void aFullDiskIsAnError() {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("no /dev/full here");
        const QTemporaryDir folder;
        AtomicFile file(folder.filePath(QStringLiteral("a")).toStdString());
        // The temporary file's descriptor now leads to a disk that is always full.
        const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
        bool replaced = false;
        for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
            std::error_code ignored;
            if (std::filesystem::read_symlink(entry.path(), ignored) == file.temporaryPath())
                replaced = ::dup2(full, std::stoi(entry.path().filename().string())) >= 0;
        }
        ::close(full);
        QVERIFY(replaced);
        QVERIFY_EXCEPTION_THROWN(file.write("x"), Error);
    }
};

HEADROOM_TEST_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
