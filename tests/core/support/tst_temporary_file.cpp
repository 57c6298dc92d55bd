// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/support/temporary_file.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using headroom::removeAbandonedFiles;
using headroom::TemporaryFile;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        found.push_back(entry.path());
    return found;
}

/// Leaves a temporary file like a killed process.
fs::path leaveBehind(const fs::path& folder) {
    const pid_t child = ::fork();
    if (child == 0) {
        static std::unique_ptr<TemporaryFile> file;
        file = std::make_unique<TemporaryFile>(folder / "target");
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return entries(folder).at(0);
}

void makeOld(const fs::path& path) {
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(25));
}

} // namespace

class TestTemporaryFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        temporary_.emplace();
        folder_ = fs::path(temporary_->path().toStdString());
    }

    void namesAreUnpredictable() {
        const TemporaryFile first(folder_ / "a");
        const TemporaryFile second(folder_ / "a");
        QVERIFY(first.path() != second.path());
        for (const TemporaryFile* file : {&first, &second}) {
            QVERIFY(TemporaryFile::isName(file->path()));
            const std::string name = file->path().filename().string();
            QVERIFY(name.find(std::to_string(::getpid())) == std::string::npos || name.size() > 30);
            QCOMPARE(file->path().parent_path(), folder_);
        }
        // Names of one process differ only in the random part: 16 hexadecimal digits.
        const std::string a = first.path().filename().string();
        const std::string b = second.path().filename().string();
        int same = 0;
        for (std::size_t i = a.rfind('-') + 1; i < a.rfind('.'); ++i)
            same += a[i] == b[i] ? 1 : 0;
        QCOMPARE(a.rfind('.') - a.rfind('-') - 1, std::size_t{16});
        QVERIFY(same < 10);
    }
    void removedOnDestructionUnlessRenamed() {
        { const TemporaryFile file(folder_ / "a"); }
        QVERIFY(entries(folder_).empty());
        {
            TemporaryFile file(folder_ / "a");
            file.rename(folder_ / "a");
        }
        QCOMPARE(entries(folder_), (std::vector<fs::path>{folder_ / "a"}));
    }
    void permissionsFollowUmask() {
        const mode_t before = ::umask(027);
        const TemporaryFile file(folder_ / "a");
        ::umask(before);
        struct stat status {};
        QCOMPARE(::fstat(file.descriptor(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t{0640});
    }
    void removesFilesOfDeadProcesses() {
        const fs::path left = leaveBehind(folder_);
        QVERIFY(TemporaryFile::isName(left));
        const TemporaryFile next(folder_ / "target"); // the first of this process in this folder
        QCOMPARE(entries(folder_), (std::vector<fs::path>{next.path()}));
    }
    void keepsFilesBeingWritten() {
        const TemporaryFile file(folder_ / "a");
        makeOld(file.path()); // a slow writer
        removeAbandonedFiles(folder_);
        QVERIFY(fs::exists(file.path()));
    }
    void keepsFilesOfOtherMachinesForADay() {
        const fs::path other = folder_ / ".headroom-0badb007-0123456789abcdef.part";
        const fs::path older = folder_ / ".headroom-4711-0.part"; // a name of earlier versions
        for (const fs::path& file : {other, older})
            std::ofstream(file) << "half";
        removeAbandonedFiles(folder_);
        QCOMPARE(entries(folder_).size(), std::size_t{2});
        makeOld(other);
        makeOld(older);
        removeAbandonedFiles(folder_);
        QVERIFY(entries(folder_).empty());
    }
    void removesOnlyTemporaryFiles() {
        std::ofstream(folder_ / "song.part") << "x";
        std::ofstream(folder_ / ".headroom-notes") << "x";
        fs::create_directory(folder_ / ".headroom-0-0.part");
        std::ofstream(folder_ / "victim") << "x";
        fs::create_symlink("victim", folder_ / ".headroom-1-0.part");
        QCOMPARE(::mkfifo((folder_ / ".headroom-2-0.part").c_str(), 0600), 0);
        for (const char* name : {"song.part", ".headroom-notes", ".headroom-0-0.part", "victim"})
            makeOld(folder_ / name);
        removeAbandonedFiles(folder_);
        QCOMPARE(entries(folder_).size(), std::size_t{6});
    }
    void keepsFilesOfOtherUsers() {
        const fs::path file = folder_ / ".headroom-1-0.part";
        std::ofstream(file) << "x";
        makeOld(file);
        if (::chown(file.c_str(), 65534, 65534) != 0)
            QSKIP("needs permission to change file owners");
        removeAbandonedFiles(folder_);
        QVERIFY(fs::exists(file));
    }
    void ignoresMissingFolder() {
        removeAbandonedFiles(folder_ / "missing");
        QVERIFY_THROWS_EXCEPTION(headroom::Error, TemporaryFile(folder_ / "missing" / "a"));
    }

private:
    std::optional<QTemporaryDir> temporary_;
    fs::path folder_;
};

HEADROOM_TEST_MAIN(TestTemporaryFile)
#include "tst_temporary_file.moc"
