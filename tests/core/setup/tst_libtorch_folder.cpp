// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/library_path.h"
#include "core/setup/libtorch_folder.h"
#include "core/support/error.h"
#include "tests/core/setup/fake_libtorch.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

using namespace headroom;
using test::fakeLibTorch;
namespace fs = std::filesystem;

class TestLibTorchFolder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        folder_.emplace();
        cache_ = folder_->path().toStdString();
        qputenv("XDG_CACHE_HOME", folder_->path().toUtf8());
        for (const char* name : {"HEADROOM_LIBTORCH", "LD_LIBRARY_PATH"})
            qunsetenv(name);
    }

    void tellsVersionAndParts() {
        fakeLibTorch(cache_ / "torch", "2.11.1", true);
        const LibTorchFolder found = inspectLibTorch(cache_ / "torch");
        QVERIFY(found.isUsable());
        QVERIFY(found.hasCuda);
        QCOMPARE(found.version, std::string("2.11.1"));
        QVERIFY(!inspectLibTorch(cache_).isUsable());
        fs::remove(cache_ / "torch/lib/libc10.so");
        QVERIFY(!inspectLibTorch(cache_ / "torch").isUsable());
    }

    void refusesOtherVersions() {
        for (const char* version : {"2.10.0", "2.12.0", "2.1.1", "3.11.0"}) {
            fakeLibTorch(cache_ / version, version, false);
            QVERIFY2(!inspectLibTorch(cache_ / version).isUsable(), version);
        }
    }

    void findsWhatSetupInstalled() {
        QVERIFY(!findLibTorch());
        QVERIFY(missingLibTorch().find("headroom setup") != std::string::npos);
        fakeLibTorch(cache_ / "headroom/torch-2.11.0/lib/python3.11/site-packages/torch", "2.11.0", true);
        QVERIFY(findLibTorch()->hasCuda);
        fakeLibTorch(setupFolder() / "torch", "2.11.0", false);
        QCOMPARE(findLibTorch()->path, cache_ / "headroom/libtorch-2.11.0/torch");
    }

    void theVariableDecidesAlone() {
        fakeLibTorch(setupFolder() / "torch", "2.11.0", false);
        qputenv("HEADROOM_LIBTORCH", "/nowhere");
        QVERIFY(!findLibTorch());
        QVERIFY(missingLibTorch().find("/nowhere: there is no LibTorch") != std::string::npos);
        fakeLibTorch(cache_ / "old", "2.10.0", false);
        qputenv("HEADROOM_LIBTORCH", (cache_ / "old").c_str());
        QVERIFY(missingLibTorch().find("LibTorch is 2.10.0") != std::string::npos);
        fakeLibTorch(cache_ / "mine", "2.11.0", false);
        qputenv("HEADROOM_LIBTORCH", (cache_ / "mine").c_str());
        QCOMPARE(findLibTorch()->path, cache_ / "mine");
    }

    void needsAHomeFolder() {
        qputenv("XDG_CACHE_HOME", "");
        const QByteArray home = qgetenv("HOME");
        qunsetenv("HOME");
        QVERIFY_THROWS_EXCEPTION(Error, setupFolder());
        QVERIFY(!findLibTorch());
        qputenv("HOME", home);
    }

    void libraryPathIsRestored() {
        for (const char* others : {"", "/a:/b"}) {
            qputenv("LD_LIBRARY_PATH", others);
            putLibTorchOnPath("/torch");
            const QByteArray path = qgetenv("LD_LIBRARY_PATH");
            QVERIFY(path.startsWith("/torch/lib"));
            takeLibTorchOffPath();
            QCOMPARE(libraryPathVariable(), "LD_LIBRARY_PATH=" + path.toStdString());
            QCOMPARE(qgetenv("LD_LIBRARY_PATH"), QByteArray(others));
            QCOMPARE(qgetenv("HEADROOM_LIBTORCH"), QByteArray("/torch"));
        }
        // The path of a user who set both.
        qputenv("LD_LIBRARY_PATH", "/torch/library:/c");
        takeLibTorchOffPath();
        QCOMPARE(qgetenv("LD_LIBRARY_PATH"), QByteArray("/torch/library:/c"));
        qunsetenv("HEADROOM_LIBTORCH");
        QCOMPARE(libraryPathVariable(), std::string("LD_LIBRARY_PATH=/torch/library:/c"));
    }

private:
    std::optional<QTemporaryDir> folder_;
    fs::path cache_;
};

HEADROOM_TEST_MAIN(TestLibTorchFolder)
#include "tst_libtorch_folder.moc"
