// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/install_libtorch.h"
#include "core/setup/libtorch_folder.h"
#include "core/setup/sha256.h"
#include "core/support/error.h"
#include "tests/core/setup/fake_libtorch.h"
#include "tests/core/setup/file_server.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>
#include <zip.h>

#include <fcntl.h>
#include <iterator>
#include <map>
#include <optional>
#include <sys/file.h>

using namespace headroom;
namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

namespace {

std::string textOf(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void writeZip(const fs::path& path, const Files& files) {
    zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& [name, content] : files)
        zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0),
                     ZIP_FL_OVERWRITE);
    QCOMPARE(zip_close(zip), 0);
}

void ignoreProgress(const LibTorchProgress& /*progress*/) {}

} // namespace

/// The whole installation from a server of this machine.
class TestInstallLibTorch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        folder_.emplace();
        server_.emplace();
        request_ = {.cuda = true, .index = server_->address("/simple"), .folder = path("libtorch")};
        Files torch = test::fakeLibTorchFiles("2.11.0", true);
        torch["torch/__init__.py"] = "python";
        publish("torch", "torch.whl", torch);
        publish("nvidia-x", "x.whl", {{"nvidia/cu13/lib/libx.so.13", std::string(100'000, 'x')}});
    }

    void installs() {
        std::vector<LibTorchProgress> progress;
        QVERIFY(installLibTorch(request_, [&](const LibTorchProgress& now) { progress.push_back(now); }, {}));
        const LibTorchFolder found = inspectLibTorch(request_.folder / "torch");
        QVERIFY(found.isUsable());
        QVERIFY(found.hasCuda);
        QCOMPARE(textOf(request_.folder / "nvidia/cu13/lib/libx.so.13").size(), std::size_t{100'000});
        QVERIFY(!fs::exists(request_.folder / "torch/__init__.py"));
        QCOMPARE(entries(), std::vector<std::string>{"libtorch"});
        QCOMPARE(progress.back().phase, LibTorchProgress::Phase::Unpack);
        const auto downloaded =
            std::ranges::find(progress, LibTorchProgress::Phase::Unpack, &LibTorchProgress::phase);
        QCOMPARE(std::prev(downloaded)->done, std::prev(downloaded)->total);
    }

    void leavesOutLibrariesForCards() {
        request_.cuda = false;
        QVERIFY(installLibTorch(request_, ignoreProgress, {}));
        QVERIFY(inspectLibTorch(request_.folder / "torch").isUsable());
        QVERIFY(!inspectLibTorch(request_.folder / "torch").hasCuda);
    }

    void replacesAnEarlierInstallation() {
        test::fakeLibTorch(request_.folder / "torch", "2.11.0", false);
        QVERIFY(installLibTorch(request_, ignoreProgress, {}));
        QVERIFY(inspectLibTorch(request_.folder / "torch").hasCuda);
        QCOMPARE(entries(), std::vector<std::string>{"libtorch"});
    }

    void continuesAfterAnInterruption() {
        server_->breakOffAfter({1000, 1000, 0}); // the first page is whole
        QVERIFY_THROWS_EXCEPTION(Error, installLibTorch(request_, ignoreProgress, {}));
        QVERIFY(!fs::exists(request_.folder));
        QCOMPARE(entries(), std::vector<std::string>{"libtorch.download"});
        QVERIFY(installLibTorch(request_, ignoreProgress, {}));
        QVERIFY(inspectLibTorch(request_.folder / "torch").isUsable());
    }

    void stopsWithoutLosingDownloads() {
        std::stop_source source;
        const auto stopAtUnpacking = [&](const LibTorchProgress& now) {
            if (now.phase == LibTorchProgress::Phase::Unpack)
                source.request_stop();
        };
        QVERIFY(!installLibTorch(request_, stopAtUnpacking, source.get_token()));
        QCOMPARE(entries(), std::vector<std::string>{"libtorch.download"});
        const std::size_t before = server_->requests().size();
        QVERIFY(installLibTorch(request_, ignoreProgress, {}));
        QCOMPARE(server_->requests().size(), before);
    }

    void refusesAnotherDigestOfTheIndex() {
        request_.wheels.back().sha256 = std::string(64, '0');
        QVERIFY(failure().find("does not have the expected SHA-256") != std::string::npos);
        QVERIFY(!fs::exists(request_.folder));
        QCOMPARE(server_->requests().back(), std::string("/simple/nvidia-x/ 0")); // nothing was downloaded
    }

    void refusesAnotherFile() {
        std::string other = textOf(path("x.whl"));
        other[50] = static_cast<char>(other[50] ^ 1);
        server_->put("/files/x.whl", other);
        QVERIFY(failure().find("does not have the expected SHA-256") != std::string::npos);
        QVERIFY(!fs::exists(request_.folder));
        QVERIFY(!fs::exists(path("libtorch.download/x.whl")));
    }

    void refusesDamagedAndForeignWheels_data() {
        QTest::addColumn<bool>("isZip");
        QTest::addColumn<QString>("entry");
        QTest::newRow("no zip file") << false << "";
        QTest::newRow("entry outside the folder") << true << "../../escaped/lib/libx.so";
    }

    void refusesDamagedAndForeignWheels() {
        QFETCH(bool, isZip);
        QFETCH(QString, entry);
        request_.wheels.pop_back();
        if (isZip)
            publish("other", "other.whl", {{entry.toStdString(), "escaped"}});
        else
            publishFile("other", "other.whl", "no zip");
        QVERIFY(!failure().empty());
        QVERIFY(!fs::exists(request_.folder));
        QVERIFY(!fs::exists(path("escaped")));
        QVERIFY(!fs::exists(fs::path(folder_->path().toStdString()).parent_path() / "escaped"));
    }

    void refusesOtherVersions() {
        request_.wheels.clear();
        publish("torch", "torch.whl", test::fakeLibTorchFiles("2.12.0", true));
        QVERIFY(failure().find("do not contain LibTorch 2.11.0") != std::string::npos);
        QVERIFY(!fs::exists(request_.folder));
    }

    void refusesASecondInstallation() {
        fs::create_directories(path("libtorch.download"));
        const FileDescriptor other(
            ::open(path("libtorch.download").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        QCOMPARE(::flock(other.get(), LOCK_EX | LOCK_NB), 0);
        QVERIFY(failure().find("another program is installing") != std::string::npos);
    }

    void refusesWithoutSpace() {
        request_.wheels.back().unpacked = std::int64_t{1} << 60;
        QVERIFY(failure().find("the disk has") != std::string::npos);
        QVERIFY(server_->requests().empty());
    }

private:
    fs::path path(const std::string& name) const {
        return fs::path(folder_->path().toStdString()) / "cache" / name;
    }

    /// What is beside the wheels of this test.
    std::vector<std::string> entries() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(path("")))
            if (entry.path().extension() != ".whl")
                names.push_back(entry.path().filename().string());
        return names;
    }

    void publishFile(const std::string& project, const std::string& file, const std::string& content) {
        std::ofstream(path(file), std::ios::binary) << content;
        const std::string digest = sha256OfFile(path(file));
        server_->put("/files/" + file, content);
        server_->put("/simple/" + project + '/',
                     "<a href=\"../../files/" + file + "#sha256=" + digest + "\">");
        request_.wheels.push_back({project, file, digest, std::ssize(content), 1000});
    }

    void publish(const std::string& project, const std::string& file, const Files& files) {
        fs::create_directories(path(""));
        writeZip(path(file), files);
        publishFile(project, file, textOf(path(file)));
    }

    std::string failure() const {
        try {
            installLibTorch(request_, ignoreProgress, {});
        } catch (const Error& error) {
            return error.message();
        }
        return "";
    }

    std::optional<QTemporaryDir> folder_;
    std::optional<test::FileServer> server_;
    LibTorchRequest request_;
};

HEADROOM_TEST_MAIN(TestInstallLibTorch)
#include "tst_install_libtorch.moc"
