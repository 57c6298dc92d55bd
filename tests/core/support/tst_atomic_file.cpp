// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <array>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

using headroom::AtomicFile;
using headroom::Error;
using headroom::writeFileAtomically;
namespace fs = std::filesystem;

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
    void appearsCompleteOnCommit() {
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
    void uncommittedFileLeavesTargetUnchanged() {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QStringLiteral("a"));
        writeFileAtomically(target.toStdString(), "old");
        {
            AtomicFile file(target.toStdString());
            file.write("new");
            QCOMPARE(entries(folder).size(), 2);
        }
        QCOMPARE(contentOf(target), QByteArray("old"));
        QCOMPARE(entries(folder), QStringList(QStringLiteral("a")));
    }
    void librariesCanWriteThroughTheDescriptor() {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QStringLiteral("a"));
        AtomicFile file(target.toStdString());
        QFile other;
        QVERIFY(other.open(file.temporary()->descriptor(), QIODevice::ReadWrite | QIODevice::Unbuffered));
        QCOMPARE(other.write("__om a library"), 14);
        QVERIFY(other.seek(0));
        QCOMPARE(other.write("fr"), 2);
        other.close();
        file.commit();
        QCOMPARE(contentOf(target), QByteArray("from a library"));
    }
    void acceptsLongestFileName() {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QString(255, QLatin1Char('x')));
        writeFileAtomically(target.toStdString(), "fits");
        QCOMPARE(contentOf(target), QByteArray("fits"));
    }
    void errorsNameTheTarget() {
        const QTemporaryDir folder;
        const std::string target = folder.filePath(QStringLiteral("missing/a")).toStdString();
        try {
            writeFileAtomically(target, "x");
            QFAIL("wrote into a missing folder");
        } catch (const Error& error) {
            QCOMPARE(error.where(), target);
        }
        // The target is a folder: the temporary file must not remain.
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("b/c")));
        QVERIFY_THROWS_EXCEPTION(
            Error, writeFileAtomically(folder.filePath(QStringLiteral("b")).toStdString(), "x"));
        QCOMPARE(entries(folder), QStringList(QStringLiteral("b")));
    }
    void followsLinksAndReplacesTheirTarget() {
        const QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fs::create_directory(root / "elsewhere");
        writeFileAtomically(root / "elsewhere" / "real", "old");
        fs::create_symlink("elsewhere/real", root / "second");
        fs::create_symlink("second", root / "first");
        {
            AtomicFile file(root / "first");
            file.write("new");
            QCOMPARE(file.temporary()->path().parent_path(),
                     root / "elsewhere"); // same file system, so that it can be renamed
            file.commit();
        }
        QVERIFY(fs::is_symlink(root / "first") && fs::is_symlink(root / "second"));
        QVERIFY(!fs::is_symlink(root / "elsewhere" / "real"));
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("elsewhere/real"))), QByteArray("new"));
        fs::create_symlink("elsewhere/missing", root / "dangling");
        writeFileAtomically(root / "dangling", "made");
        QVERIFY(fs::is_symlink(root / "dangling"));
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("elsewhere/missing"))), QByteArray("made"));
    }
    void replacesLinksInUntrustedFolders() {
        const QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        writeFileAtomically(root / "victim", "old");
        fs::create_symlink("victim", root / "config.yaml");
        writeFileAtomically(root / "config.yaml", "new", AtomicFile::Link::Replace);
        QVERIFY(!fs::is_symlink(root / "config.yaml"));
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("victim"))), QByteArray("old"));
    }
    void writesToDeviceWithoutReplacingIt() {
        const QTemporaryDir folder;
        const fs::path device = folder.filePath(QStringLiteral("null")).toStdString();
        if (::mknod(device.c_str(), S_IFCHR | 0666, makedev(1, 3)) != 0)
            QSKIP("needs permission to create devices");
        const fs::path link = folder.filePath(QStringLiteral("link")).toStdString();
        fs::create_symlink("null", link);
        try {
            for (const fs::path& output : {device, link}) {
                writeFileAtomically(output, "gone");
                AtomicFile(output).write("gone, without commit");
            }
        } catch (const Error&) {
            QSKIP("devices cannot be opened in this folder");
        }
        QVERIFY(fs::is_character_file(fs::symlink_status(device)));
        QVERIFY(fs::is_symlink(link));
        QCOMPARE(std::distance(fs::directory_iterator(device.parent_path()), {}), std::ptrdiff_t{2});
    }
    void writesToPipeWithReader() {
        const QTemporaryDir folder;
        const fs::path pipe = folder.filePath(QStringLiteral("pipe")).toStdString();
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        // Without a reader it must fail instead of blocking.
        QVERIFY_THROWS_EXCEPTION(Error, AtomicFile{pipe});
        const headroom::FileDescriptor reader(::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        writeFileAtomically(pipe, "through");
        std::array<char, 16> read{};
        QCOMPARE(::read(reader.get(), read.data(), read.size()), ssize_t{7});
        QCOMPARE(std::string(read.data()), std::string("through"));
        QVERIFY(fs::is_fifo(pipe));
    }
    void keepsPermissionsOfReplacedFile() {
        const QTemporaryDir folder;
        const fs::path target = folder.filePath(QStringLiteral("a")).toStdString();
        writeFileAtomically(target, "old");
        fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
        writeFileAtomically(target, "new");
        QCOMPARE(static_cast<unsigned>(fs::status(target).permissions()), 0600U);
    }
    void ignoresPlantedTemporaryNames() {
        const QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        writeFileAtomically(root / "thesis", "years");
        // The predictable names of earlier versions.
        for (int number = 0; number < 8; ++number)
            fs::create_symlink("thesis", root / (".headroom-" + std::to_string(::getpid()) + "-" +
                                                 std::to_string(number) + ".part"));
        writeFileAtomically(root / "out", "weights");
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("thesis"))), QByteArray("years"));
    }
    void fullDiskIsAnError() {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("no /dev/full here");
        const QTemporaryDir folder;
        AtomicFile file(folder.filePath(QStringLiteral("a")).toStdString());
        // Redirect the descriptor of the temporary file to a device that is always full.
        const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
        bool replaced = false;
        for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
            std::error_code ignored;
            if (std::filesystem::read_symlink(entry.path(), ignored) == file.temporary()->path())
                replaced = ::dup2(full, std::stoi(entry.path().filename().string())) >= 0;
        }
        ::close(full);
        QVERIFY(replaced);
        QVERIFY_THROWS_EXCEPTION(Error, file.write("x"));
    }
};

HEADROOM_TEST_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
