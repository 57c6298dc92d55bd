// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/data/inspect.h"
#include "core/data/segment_source.h"
#include "core/data/track_folders.h"
#include "tests/core/data/inspection_dataset.h"
#include "tests/core/data/library_fixture.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t frames = 22050;

/// A data.json as that of MoisesDB.
QByteArray listOf(const std::vector<std::pair<std::string, std::vector<std::string>>>& stems) {
    std::string text = R"({"song": "x", "artist": "y", "genre": "rock", "stems": [)";
    for (const auto& [stem, tracks] : stems) {
        text += R"({"id": "s", "stemName": ")" + stem + R"(", "tracks": [)";
        for (const std::string& track : tracks)
            text +=
                R"({"id": ")" + track + R"(", "trackType": "t", "extension": "wav", "has_bleed": false},)";
        if (!tracks.empty())
            text.pop_back();
        text += "]},";
    }
    text.pop_back();
    return QByteArray::fromStdString(text + "]}");
}

AudioBuffer sum(const std::vector<fs::path>& files) {
    AudioBuffer total = test::readAudio(files.at(0));
    for (std::size_t i = 1; i < files.size(); ++i) {
        const AudioBuffer part = test::readAudio(files[i]);
        std::ranges::transform(total.samples(), part.samples(), total.samples().begin(), std::plus());
    }
    return total;
}

} // namespace

class TestTrackFolders : public QObject, test::LibraryFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }

    /// A stem is the exact sum of its tracks, and the mixture that of the stems.
    void sumsTracks_data() {
        QTest::addColumn<QString>("song"); // folder
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isListed");
        QTest::newRow("MoisesDB") << "a"
                                  << "a" << true;
        QTest::newRow("MoisesDB with its folder") << "moisesdb_v0.1/a"
                                                  << "moisesdb_v0.1 - a" << true;
        QTest::newRow("folders") << "train/a"
                                 << "a" << false;
        QTest::newRow("folders of an artist") << "train/artist/a"
                                              << "artist - a" << false;
    }
    void sumsTracks() {
        QFETCH(const QString, song);
        QFETCH(const QString, name);
        QFETCH(const bool, isListed);
        const std::string folder = song.toStdString();
        addSong(folder);
        if (isListed)
            writeList(folder, {{"vocals", {"x", "y"}}, {"other_keys", {"z"}}, {"wind", {}}});
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{name});
        QCOMPARE(library.notices, std::vector<std::string>());
        const Song& found = library.train[0];
        QCOMPARE(found.stems.size(), 2U);
        QCOMPARE(found.stems[0].stem, std::string("other_keys"));
        const AudioBuffer keys = sum({file(folder, "other_keys/z")});
        const AudioBuffer vocals = sum({file(folder, "Vocals/x"), file(folder, "Vocals/y")});
        QVERIFY(isSame(readStem(found, "vocals", format_), vocals));
        QVERIFY(isSame(readStem(found, "other_keys", format_), keys));
        AudioBuffer mixture = keys;
        std::ranges::transform(mixture.samples(), vocals.samples(), mixture.samples().begin(), std::plus());
        QVERIFY(isSame(readStem(found, "mixture", format_), mixture));

        const DatasetReport report = inspectDataset(data_->root()).value();
        QCOMPARE(report.layouts, std::vector<DatasetLayout>{isListed ? DatasetLayout::MoisesDb
                                                                     : DatasetLayout::TrackFolders});
        QVERIFY2(report.problems.empty(), test::inspection::textOf(report).c_str());
        QCOMPARE(report.songs.at(0).files.at(1).title(), std::string("vocals/x.wav"));
        QCOMPARE(report.songs[0].files.size(), 3U);
    }

    /// The same as from a folder per song with the sums as files.
    void givesTheExamplesOfTheSums() {
        for (const char* song : {"tracks/a", "tracks/b"}) {
            addSong(song);
            const fs::path folder = data_->root() / "sums" / fs::path(song).filename();
            fs::create_directories(folder);
            writeAudio(folder / "vocals.wav", sum({file(song, "Vocals/x"), file(song, "Vocals/y")}),
                       AudioSpec());
            writeAudio(folder / "other_keys.wav", sum({file(song, "other_keys/z")}), AudioSpec());
        }
        const auto expected = examplesOf("sums");
        const auto found = examplesOf("tracks");
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(isSame(found[i].mixture, expected[i].mixture));
            QVERIFY(isSame(found[i].targets[0], expected[i].targets[0]));
        }
        QVERIFY(!isSame(expected[0].mixture, expected[1].mixture));
    }

    void takesTheMixtureBesideTheFolders() {
        addSong("a");
        data_->add("a", {.stems = {"mixture"}, .frames = frames});
        test::writeBytes(data_->root() / "a" / "preview.mp3", "x");
        const Song song = open().train.at(0);
        QVERIFY(isSame(readStem(song, "mixture", format_), test::readAudio(file("a", "mixture"))));
        QCOMPARE(song.stems.size(), 2U);
        QCOMPARE(song.unread.at(0).reason,
                 std::string("is compressed, unlike other files of the song, and not named like a stem"));
        fs::rename(file("a", "mixture"), data_->root() / "mixture.wav");
        test::writeBytes(data_->root() / "a" / "mixture.mp3", "x");
        QVERIFY(!open().train.at(0).mixture);
        fs::rename(data_->root() / "mixture.wav", data_->root() / "a" / "mixture.wav");
        // Files that are stems take precedence, as in versions without tracks.
        data_->add("a", {.stems = {"bass"}, .frames = frames});
        QCOMPARE(open().train.at(0).stems.size(), 1U);
    }

    void readsTheTracksOfTheList() {
        addSong("a");
        data_->add("a/guitar", {.stems = {"old"}, .frames = frames});
        writeList("a", {{"vocals", {"x"}}, {"other_keys", {"z"}}, {"vocals", {"y"}}});
        const Song song = open().train.at(0);
        QCOMPARE(song.stems.size(), 2U);
        QVERIFY(
            isSame(readStem(song, "vocals", format_), sum({file("a", "Vocals/x"), file("a", "Vocals/y")})));
        QCOMPARE(song.unread.size(), 1U);
        QCOMPARE(song.unread[0].reason, std::string("is not listed in data.json"));
        const DatasetReport report = inspectDataset(data_->root()).value();
        QCOMPARE(test::inspection::textOf(report),
                 std::string("note [not read] guitar/old.wav is not listed in data.json\n"));

        writeList("a", {{"vocals", {"x", "lost"}}, {"other_keys", {"z"}}});
        expectRefused("there is no such file", "lost.wav");
        // The song has all that is asked for.
        QCOMPARE(openStems({"other_keys"}).train.size(), 1U);
    }

    /// Nothing may be missing from a sum.
    void refusesTracksInUnsupportedFormats() {
        addSong("train/bad");
        test::writeBytes(data_->root() / "train" / "bad" / "Vocals" / "b.mpc", "x");
        const std::string what = "Vocals/b.mpc is not supported: stems must be WAV";
        QVERIFY(test::inspection::textOf(inspectDataset(data_->root()).value())
                    .starts_with("error [not read] " + what));
        expectRefusedOrSkipped(what);
    }

    void ignoresCompressedCopiesOfTracks() {
        addSong("a");
        test::writeBytes(data_->root() / "a" / "Vocals" / "x.mp3", "x");
        const Song song = open().train.at(0);
        QCOMPARE(song.find("vocals")->files.size(), 2U);
        QCOMPARE(song.unread.at(0).reason, std::string("is compressed, unlike other tracks of the stem"));
    }

    void appliesTheRuleForLengthsToTracks() {
        addSong("train/bad");
        data_->add("train/bad/Vocals", {.stems = {"y"}, .frames = 44100});
        expectRefused("other_keys/z.wav is 0.500 s long and Vocals/y.wav 1.000 s", "bad");
        expectRefused("If they are different songs, set data.root to", "bad");
        DataConfig data = test::dataConfig(data_->root());
        data.lengthMismatch = LengthMismatch::Pad;
        const SongLibrary padded = openLibrary(data, format_);
        QCOMPARE(padded.train.at(0).frames, 44100);
        const AudioBuffer vocals = readStem(padded.train[0], "vocals", format_);
        const AudioBuffer longest = test::readAudio(file("train/bad", "Vocals/y"));
        QVERIFY(std::ranges::equal(vocals.channel(0).subspan(frames), longest.channel(0).subspan(frames)));
        QVERIFY(!std::ranges::equal(vocals.channel(0).first(frames), longest.channel(0).first(frames)));
        data.lengthMismatch = LengthMismatch::Trim;
        QCOMPARE(openLibrary(data, format_).train.at(0).frames, frames);
    }

    void refusesTwoFoldersForOneStem() {
        addSong("train/bad");
        data_->add("train/bad/vocals", {.stems = {"x"}, .frames = frames});
        expectRefusedOrSkipped("Vocals/x.wav and vocals/x.wav are both 'vocals'");
        QVERIFY(test::inspection::textOf(inspectDataset(data_->root()).value())
                    .starts_with("error [two files] vocals/x.wav: two files for one stem"));
    }

    void refusesAMixtureOfTracks() {
        addSong("train/bad");
        data_->add("train/bad/mixture", {.stems = {"a", "b"}, .frames = frames});
        expectRefusedOrSkipped("the mixture has 2 files");
    }

    void refusesASongAsDataSet() {
        addSong("song");
        writeList("song", {{"vocals", {"x", "y"}}, {"other_keys", {"z"}}});
        const std::string message = errorOf([&] { findSongFolders(data_->root() / "song"); });
        QVERIFY2(message.find("data.json lists the tracks of one song") != std::string::npos,
                 message.c_str());
    }

    void readsFoldersWithoutAList() {
        addSong("train/good");
        test::writeBytes(data_->root() / "train/good/data.json", R"({"bpm": 120})"); // of another program
        QCOMPARE(names(open().train), QStringList{"good"});
        QVERIFY(open().notices.empty());
    }

    void refusesInvalidLists_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* expected, const QByteArray& text) {
            QTest::newRow(expected) << text << QString(expected);
        };
        row("is not valid JSON from byte 1 on", "");
        row("is not valid JSON from byte 13 on", R"({"stems": [{)");
        row("is not valid JSON from byte 3 on", "{}x");
        row("has a number that is too large", R"({"stems": 1e999})");
        row("the song has no list 'stems'", R"({"stems": {"vocals": []}})");
        row("the song has no tracks", R"({"stems": []})");
        row("stem 1 is not an object", R"({"stems": ["vocals"]})");
        row("stem 1 has no text 'stemName'", R"({"stems": [{"stemName": 3, "tracks": []}]})");
        row("stem 1 has no list 'tracks'", R"({"stems": [{"stemName": "vocals"}]})");
        row("track 1 of stem 1 is not an object", R"({"stems": [{"stemName": "vocals", "tracks": [1]}]})");
        row("track 1 of stem 1 has no text 'extension'",
            R"({"stems": [{"stemName": "vocals", "tracks": [{"id": "x"}]}]})");
        row("'stemName' of stem 1 is not a file name", listOf({{"../a", {"x"}}}));
        row("'stemName' of stem 2 is not a file name", listOf({{"vocals", {"x"}}, {"..", {"x"}}}));
        row("'id' of track 2 of stem 1 is not a file name", listOf({{"vocals", {"x", "/etc/y"}}}));
        row("'id' of track 1 of stem 1 is not a file name", listOf({{"vocals", {std::string(201, 'x')}}}));
        row("vocals/x.wav is listed twice", listOf({{"vocals", {"x", "y"}}, {"vocals", {"x"}}}));
        row("is nested deeper than 16 levels", QByteArray(100'000, '['));
        row("is larger than 1 MiB", R"({"stems": [)" + QByteArray(1 << 20, ' ') + "]}");
    }
    void refusesInvalidLists() {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, expected);
        addSong("train/bad");
        const fs::path list = data_->root() / "train/bad/data.json";
        test::writeBytes(list, text);
        const std::string message = errorOf([&] { readTrackLists(list); });
        QVERIFY2(message.find(expected.toStdString()) != std::string::npos, message.c_str());
        const DatasetReport report = inspectDataset(data_->root()).value();
        QCOMPARE(report.count(Severity::Error), 1);
        QCOMPARE(report.problems[0].songs, std::vector<std::string>{"train/bad"});
        QVERIFY(report.problems[0].text.find(expected.toStdString()) != std::string::npos);
        expectRefusedOrSkipped(expected.toStdString());
    }

    /// Not every folder with a folder called vocals is a song.
    void leavesOtherFoldersAlone() {
        data_->add("artist/Vocals", {.stems = {"take"}, .frames = frames});
        data_->add("artist/song", {.stems = {"vocals", "drums"}, .frames = frames});
        data_->add("b", {.stems = {"vocals", "drums"}, .frames = frames});
        data_->add("b/vocals", {.stems = {"take"}, .frames = frames});
        QVERIFY(!holdsTrackFolders(data_->root() / "artist"));
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"b"});
        QCOMPARE(library.train[0].find("vocals")->files.size(), 1U);
        QCOMPARE(library.notices.size(), 2U);
        addSong("c");
        data_->add("c/Vocals/deeper", {.stems = {"take"}, .frames = frames});
        QVERIFY(std::ranges::any_of(open().notices, [](const std::string& notice) {
            return notice.starts_with("'c/Vocals/deeper' is not used: it is in a folder of tracks");
        }));
    }

private:
    /// Writes the tracks Vocals/x, Vocals/y and other_keys/z.
    void addSong(const std::string& folder) const {
        data_->add(folder + "/Vocals", {.stems = {"x", "y"}, .frames = frames});
        data_->add(folder + "/other_keys", {.stems = {"z"}, .frames = frames});
    }
    void writeList(const std::string& folder,
                   std::vector<std::pair<std::string, std::vector<std::string>>> stems) const {
        for (auto& [stem, tracks] : stems) {
            if (stem == "vocals")
                stem = "Vocals";
        }
        test::writeBytes(data_->root() / folder / "data.json", listOf(stems));
    }
    fs::path file(const std::string& song, const std::string& track) const {
        return data_->file(song, track);
    }
    std::vector<Example> examplesOf(const std::string& folder) const {
        RunConfig config;
        config.data = test::dataConfig(data_->root() / folder);
        config.data.targets = {"vocals"};
        std::vector<std::string> notices;
        const auto songs = songsWithTargets(openLibrary(config.data, format_).train, config.data, notices);
        const SegmentSource source(songs, config);
        std::vector<Example> examples;
        for (int number = 0; number < 6; ++number)
            examples.push_back(source.example(number, 2000));
        return examples;
    }
    static bool isSame(const AudioBuffer& one, const AudioBuffer& other) {
        return std::ranges::equal(one.samples(), other.samples());
    }
};

HEADROOM_TEST_MAIN(TestTrackFolders)
#include "tst_track_folders.moc"
