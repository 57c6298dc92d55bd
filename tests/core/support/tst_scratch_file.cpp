// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/support/scratch_file.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <filesystem>
#include <sys/resource.h>
#include <vector>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

std::vector<std::byte> bytes(std::size_t count, int first) {
    std::vector<std::byte> result;
    for (std::size_t i = 0; i < count; ++i)
        result.push_back(static_cast<std::byte>(first + static_cast<int>(i % 100)));
    return result;
}

} // namespace

class TestScratchFile : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", folder_.path().toUtf8()); }

    void readsWhatWasAppended() {
        ScratchFile file;
        QCOMPARE(file.append(bytes(1000, 0)), std::int64_t{0});
        QCOMPARE(file.append({}), std::int64_t{1000});
        QCOMPARE(file.append(bytes(5, 50)), std::int64_t{1000});
        std::vector<std::byte> read(5);
        file.read(1000, read);
        QVERIFY(read == bytes(5, 50));
        file.read(300, read);
        QVERIFY(read == bytes(5, 0));
        QVERIFY_THROWS_EXCEPTION(Error, file.read(1001, read)); // beyond the end
    }
    void leavesNoName() {
        const ScratchFile file;
        const fs::path cache = fs::path(folder_.path().toStdString()) / "headroom";
        QVERIFY(fs::exists(cache) && fs::is_empty(cache));
    }
    void reportsAFullDisk() {
        ScratchFile file;
        file.append(bytes(100, 0));
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit limit{150, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
        QVERIFY_THROWS_EXCEPTION(Error, file.append(bytes(100, 0)));
        setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        // What follows is in its place.
        QCOMPARE(file.append(bytes(100, 7)), std::int64_t{100});
        std::vector<std::byte> read(100);
        file.read(100, read);
        QVERIFY(read == bytes(100, 7));
    }
};

HEADROOM_TEST_MAIN(TestScratchFile)
#include "tst_scratch_file.moc"
