// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/support/output_place.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using headroom::Error;
using headroom::outputPlace;
namespace fs = std::filesystem;

namespace {

bool isRefused(const fs::path& path) {
    try {
        outputPlace(path);
    } catch (const Error& error) {
        return error.kind() == headroom::ErrorKind::Input && error.where() == path.string();
    }
    return false;
}

} // namespace

class TestOutputPlace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        temporary_.emplace();
        root_ = fs::path(temporary_->path().toStdString());
        fs::create_directory(root_ / "elsewhere");
    }

    void plainPathIsUnchanged() {
        QVERIFY(outputPlace(root_ / "new").path == root_ / "new");
        std::ofstream(root_ / "old") << "x";
        QVERIFY(outputPlace(root_ / "old").path == root_ / "old");
        QVERIFY(!outputPlace(root_ / "old").isStream);
        QVERIFY(outputPlace("relative").path == "relative");
    }
    void followsChainsOfLinks() {
        std::ofstream(root_ / "elsewhere" / "file") << "x";
        fs::create_symlink("file", root_ / "elsewhere" / "second");
        fs::create_symlink("elsewhere/second", root_ / "first"); // relative to the folder of the link
        QVERIFY(fs::equivalent(outputPlace(root_ / "first").path, root_ / "elsewhere" / "file"));
        fs::create_symlink(root_ / "first", root_ / "absolute");
        QVERIFY(fs::equivalent(outputPlace(root_ / "absolute").path, root_ / "elsewhere" / "file"));
    }
    void followsDanglingLinks() {
        fs::create_symlink("elsewhere/missing", root_ / "dangling");
        fs::create_symlink("dangling", root_ / "chain");
        QVERIFY(outputPlace(root_ / "chain").path == root_ / "elsewhere" / "missing");
    }
    void refusesCircularLinks() {
        fs::create_symlink("b", root_ / "a");
        fs::create_symlink("a", root_ / "b");
        fs::create_symlink("self", root_ / "self");
        QVERIFY(isRefused(root_ / "a"));
        QVERIFY(isRefused(root_ / "self"));
    }
    void refusesFolders() {
        QVERIFY(isRefused(root_ / "elsewhere"));
        fs::create_directory_symlink("elsewhere", root_ / "link");
        QVERIFY(isRefused(root_ / "link"));
    }
    void pipesAndDevicesAreStreams() {
        QCOMPARE(::mkfifo((root_ / "pipe").c_str(), 0600), 0);
        fs::create_symlink("pipe", root_ / "link");
        QVERIFY(outputPlace(root_ / "pipe").isStream);
        QVERIFY(outputPlace(root_ / "link").isStream);
        QVERIFY(outputPlace("/dev/null").isStream); // checked without opening it
    }
    void refusesSockets() {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
        const std::string path = (root_ / "socket").string();
        QVERIFY(path.size() < sizeof(address.sun_path));
        path.copy(address.sun_path, path.size());
        QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
        ::close(socket);
        QVERIFY(isRefused(root_ / "socket"));
    }
    /// /dev/stdout is such a link if standard output is redirected to a file.
    void refusesLinksToOpenFiles() {
        std::ofstream(root_ / "open") << "x";
        const FILE* file = std::fopen((root_ / "open").c_str(), "r");
        const fs::path name = "/proc/self/fd/" + std::to_string(::fileno(const_cast<FILE*>(file)));
        if (!fs::exists(name))
            QSKIP("no /proc here");
        QVERIFY(isRefused(name));
        fs::create_symlink(name, root_ / "stdout");
        QVERIFY(isRefused(root_ / "stdout"));
        std::fclose(const_cast<FILE*>(file));
    }
    void filesAreReplacedOnRequestOnly() {
        const auto refusal = [](const fs::path& path, bool overwrite) {
            return QString::fromStdString(
                headroom::test::errorOf([&] { headroom::requireFree(path, overwrite); }));
        };
        std::ofstream(root_ / "file") << "x";
        QVERIFY(refusal(root_ / "file", false).contains("already exists"));
        QCOMPARE(refusal(root_ / "file", true), QString());
        QCOMPARE(refusal(root_ / "new", false), QString());
        QCOMPARE(refusal("/dev/null", false), QString());
        QVERIFY(refusal(root_ / "nowhere/new", true).contains("its folder does not exist"));
        QVERIFY(refusal(root_ / "file/new", true).contains("its folder is a file"));
        QVERIFY(refusal(root_ / "new/", true).contains("names a folder"));
        QVERIFY(refusal("", true).contains("empty"));
    }
    void anInputIsNoOutput() {
        std::ofstream(root_ / "in") << "x";
        fs::create_hard_link(root_ / "in", root_ / "same");
        fs::create_symlink("in", root_ / "link");
        for (const char* name : {"in", "same", "link"})
            QVERIFY_THROWS_EXCEPTION(Error, headroom::requireOtherFile(root_ / name, root_ / "in"));
        headroom::requireOtherFile(root_ / "other", root_ / "in");
    }

private:
    std::optional<QTemporaryDir> temporary_;
    fs::path root_;
};

HEADROOM_TEST_MAIN(TestOutputPlace)
#include "tst_output_place.moc"
