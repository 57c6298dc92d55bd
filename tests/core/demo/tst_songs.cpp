// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/demo/songs.h"
#include "core/support/error.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

constexpr DemoOptions fewSongs{.seed = 5, .seconds = 4, .trainSongs = 2, .testSongs = 1};

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The contents of all files in a folder, by relative path.
std::map<std::string, std::string> contentOf(const fs::path& folder) {
    std::map<std::string, std::string> content;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            content[entry.path().lexically_relative(folder).string()] = bytesOf(entry.path());
    }
    return content;
}

} // namespace

class TestDemoSongs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(scratch_.isValid());
        QVERIFY(writeDemoSongs(root() / "first", fewSongs));
    }

    void hasMusdbLayout() {
        std::set<std::string> expected;
        for (const char* song : {"train/demo_train_01", "train/demo_train_02", "test/demo_test_01"}) {
            for (const char* stem : {"vocals", "drums", "bass", "other", "mixture"})
                expected.insert(std::string(song) + "/" + stem + ".wav");
        }
        std::set<std::string> found;
        for (const auto& [path, bytes] : contentOf(root() / "first"))
            found.insert(path);
        QVERIFY(found == expected);
        QCOMPARE(std::distance(fs::directory_iterator(root() / "first"), {}), 2);
    }

    void filesHaveExpectedFormat() {
        const AudioInfo info = AudioReader(root() / "first/train/demo_train_01/vocals.wav").info();
        QCOMPARE(info.sampleRate, 44100);
        QCOMPARE(info.channels, 2);
        QCOMPARE(info.frames, std::int64_t{176400});
        QCOMPARE(info.encoding, std::string("PCM_16"));
    }

    void storedMixtureIsSumOfStoredStems() {
        const fs::path song = root() / "first/test/demo_test_01";
        const AudioBuffer mixture = test::readAudio(song / "mixture.wav");
        AudioBuffer sum(2, mixture.frames());
        for (const char* stem : {"vocals", "drums", "bass", "other"}) {
            const AudioBuffer audio = test::readAudio(song / (std::string(stem) + ".wav"));
            std::ranges::transform(sum.samples(), audio.samples(), sum.samples().begin(), std::plus{});
        }
        QVERIFY(std::ranges::equal(mixture.samples(), sum.samples()));
        QVERIFY(mixture.peak() > 0.2F && mixture.peak() < 1);
    }

    void equalOptionsGiveEqualFiles() {
        QVERIFY(writeDemoSongs(root() / "second", fewSongs));
        QVERIFY(contentOf(root() / "first") == contentOf(root() / "second"));
    }

    void songsDoNotDependOnTheirNumber() {
        QVERIFY(writeDemoSongs(root() / "more", {.seed = 5, .seconds = 4, .trainSongs = 1, .testSongs = 2}));
        for (const char* file : {"train/demo_train_01/vocals.wav", "test/demo_test_01/mixture.wav"})
            QVERIFY(bytesOf(root() / "first" / file) == bytesOf(root() / "more" / file));
    }

    void songsDiffer() {
        QVERIFY(writeDemoSongs(root() / "other seed",
                               {.seed = 6, .seconds = 4, .trainSongs = 1, .testSongs = 1}));
        std::set<std::string> mixtures;
        for (const char* file :
             {"first/train/demo_train_01", "first/train/demo_train_02", "first/test/demo_test_01",
              "other seed/train/demo_train_01", "other seed/test/demo_test_01"})
            mixtures.insert(bytesOf(root() / file / "mixture.wav"));
        QCOMPARE(mixtures.size(), std::size_t{5});
    }

    void reportsProgress() {
        std::vector<std::array<int, 2>> seen;
        QVERIFY(writeDemoSongs(root() / "progress", fewSongs, [&](int done, int total) {
            seen.push_back({done, total});
        }));
        QVERIFY((seen == std::vector<std::array<int, 2>>{{1, 3}, {2, 3}, {3, 3}}));
    }

    void acceptsEmptyFolderWithUnicodeName() {
        const fs::path folder = root() / "노래 שירים 🎤";
        fs::create_directories(folder);
        QVERIFY(writeDemoSongs(folder, fewSongs));
        QVERIFY(fs::exists(folder / "train/demo_train_02/drums.wav"));
    }

    void stopLeavesNothing() {
        std::stop_source source;
        const auto stopAtTheFirst = [&](int, int) { source.request_stop(); };
        QVERIFY(!writeDemoSongs(root() / "deep/stopped", fewSongs, stopAtTheFirst, source.get_token()));
        QVERIFY(!fs::exists(root() / "deep"));
    }

    void failureLeavesEmptyFolder() {
        const fs::path folder = root() / "kept";
        fs::create_directories(folder);
        const auto fail = [](int, int) { throw Error(ErrorKind::Failure, "the disk is full"); };
        QVERIFY_THROWS_EXCEPTION(Error, writeDemoSongs(folder, fewSongs, fail));
        QVERIFY(fs::exists(folder) && fs::is_empty(folder));
    }

    void replacesLeftoversOfKilledRun() {
        const fs::path folder = root() / "killed";
        fs::create_directories(folder / ".demo-songs.partial/train/demo_train_09");
        std::ofstream(folder / ".demo-songs.partial/train/demo_train_09/vocals.wav") << "half";
        std::ofstream(folder / "mine") << "kept";
        const auto before = contentOf(folder);
        expectError(ErrorKind::Input, folder, fewSongs);
        QVERIFY(contentOf(folder) == before);
        fs::remove(folder / "mine");
        QVERIFY(writeDemoSongs(folder, fewSongs));
        QVERIFY(contentOf(folder) == contentOf(root() / "first"));
        QVERIFY(!fs::exists(folder / ".demo-songs.partial"));
    }

    /// Killed during commit(): before the first move, between the two, after the second.
    void replacesLeftoversOfCommit() {
        const auto whole = contentOf(root() / "first");
        for (const int moved : {0, 1}) {
            const fs::path folder = root() / ("moving " + std::to_string(moved));
            const fs::path leftover = folder / ".demo-songs.whole";
            fs::create_directories(leftover / "train/old");
            fs::create_directories(moved == 1 ? folder / "test/old" : leftover / "test/old");
            QVERIFY(writeDemoSongs(folder, fewSongs));
            QVERIFY(contentOf(folder) == whole);
            QCOMPARE(std::distance(fs::directory_iterator(folder), {}), 2);
        }
        const fs::path done = root() / "moved";
        fs::create_directories(done / ".demo-songs.whole");
        fs::create_directories(done / "train/old");
        fs::create_directories(done / "test/old");
        expectError(ErrorKind::Input, done, fewSongs); // the data set is complete
        QVERIFY(fs::exists(done / "train/old") && fs::exists(done / "test/old"));
    }

    /// A test/ next to the test songs of a killed run belongs to the user.
    void keepsTestSongsOfUser() {
        const fs::path folder = root() / "own";
        fs::create_directories(folder / ".demo-songs.whole/test");
        fs::create_directories(folder / "test/mine");
        expectError(ErrorKind::Input, folder, fewSongs);
        QVERIFY(fs::exists(folder / "test/mine"));
    }

    void refusesFolderBeingWritten() {
        const fs::path folder = root() / "busy";
        QVERIFY(writeDemoSongs(folder, fewSongs, [&](int done, int) {
            if (done == 1)
                expectError(ErrorKind::Failure, folder, fewSongs);
        }));
        QVERIFY(contentOf(folder) == contentOf(root() / "first"));
    }

    void keepsDanglingLink() {
        fs::create_symlink(root() / "gone", root() / "link");
        expectError(ErrorKind::Failure, root() / "link", fewSongs);
        QVERIFY(fs::is_symlink(root() / "link"));
        QVERIFY(!fs::exists(root() / "gone"));
    }

    void refusesNonEmptyFolder() {
        const auto before = contentOf(root() / "first");
        expectError(ErrorKind::Input, root() / "first", fewSongs);
        QVERIFY(contentOf(root() / "first") == before);
        std::ofstream(root() / "file") << "mine";
        expectError(ErrorKind::Input, root() / "file", fewSongs);
        expectError(ErrorKind::Failure, root() / "file/below", fewSongs);
        expectError(ErrorKind::Failure, "/proc/headroom-demo", fewSongs);
        expectError(ErrorKind::Input, "", fewSongs);
    }

    void refusesOptionsOutOfRange() {
        for (const DemoOptions& options : {DemoOptions{.seconds = 3.9}, DemoOptions{.seconds = 601},
                                           DemoOptions{.seconds = std::numeric_limits<double>::quiet_NaN()},
                                           DemoOptions{.trainSongs = 0}, DemoOptions{.testSongs = 1001}})
            expectError(ErrorKind::Input, root() / "refused", options);
        QVERIFY(!fs::exists(root() / "refused"));
    }

private:
    fs::path root() const { return scratch_.path().toStdString(); }

    static void expectError(ErrorKind kind, const fs::path& folder, const DemoOptions& options) {
        try {
            writeDemoSongs(folder, options);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(error.kind() == kind, error.message().c_str());
        }
    }

    QTemporaryDir scratch_;
};

HEADROOM_TEST_MAIN(TestDemoSongs)
#include "tst_songs.moc"
