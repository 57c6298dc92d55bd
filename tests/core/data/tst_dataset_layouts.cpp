// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/data/inspect.h"
#include "core/data/segment_source.h"
#include "tests/core/data/library_fixture.h"
#include "tests/support/libsndfile_writer.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> songNames = {"a", "b", "c"};
const std::vector<std::string> stemNames = {"bass", "drums", "vocals"};

/// The first examples of a data set, of which half are mixed.
std::vector<Example> examplesOf(const DataConfig& data, int count = 6) {
    RunConfig config;
    config.data = data;
    config.data.targets = {"vocals"};
    const AudioFormat format{config.audio.sampleRate, config.audio.channels};
    std::vector<std::string> notices;
    const auto songs = songsWithTargets(openLibrary(config.data, format).train, config.data, notices);
    const SegmentSource source(songs, config);
    std::vector<Example> examples;
    for (int number = 0; number < count; ++number)
        examples.push_back(source.example(number, 2000));
    return examples;
}

bool haveEqualAudio(const std::vector<Example>& one, const std::vector<Example>& other) {
    return std::ranges::equal(one, other, [](const Example& a, const Example& b) {
        return std::ranges::equal(a.mixture.samples(), b.mixture.samples()) &&
               std::ranges::equal(a.targets[0].samples(), b.targets[0].samples());
    });
}

} // namespace

/// The same songs in the layouts that people have.
class TestDatasetLayouts : public QObject, test::LibraryFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }

    void sameSongsGiveTheSameExamples_data() {
        QTest::addColumn<QString>("pattern"); // of the files
        QTest::addColumn<int>("layout");
        const auto row = [](const char* pattern, DatasetLayout layout) {
            QTest::newRow(pattern) << pattern << static_cast<int>(layout);
        };
        row("train/{song}/{stem}.wav", DatasetLayout::SongFolders);
        row("{song}/{stem}.wav", DatasetLayout::SongFolders);
        row("{song}/{STEM}.wav", DatasetLayout::SongFolders);
        row("Artist/{song}/{stem}.wav", DatasetLayout::ArtistFolders);
        row("train/Artist/{song}/{stem}.wav", DatasetLayout::ArtistFolders);
        row("{stem}/{song}.wav", DatasetLayout::StemFolders);
        row("Train/{STEM}/{song}.wav", DatasetLayout::StemFolders);
        row("table/of/{song}/{stem}.wav", DatasetLayout::StemTable);
        row("table/of/{stem}/{song}.wav", DatasetLayout::StemTable);
    }
    void sameSongsGiveTheSameExamples() {
        QFETCH(const QString, pattern);
        QFETCH(const int, layout);
        const fs::path usual = data_->root() / "usual";
        const fs::path root = data_->root() / "root";
        for (const std::string& song : songNames) {
            data_->add("usual/" + song, {.stems = stemNames, .frames = 6000});
            for (const std::string& stem : stemNames)
                copy(usual / song / (stem + ".wav"), root / nameOf(pattern, song, stem));
        }
        if (pattern.startsWith(QLatin1String("table")))
            writeTable(root / "stems.csv", pattern);
        const DatasetReport report = inspectDataset(root).value();
        QCOMPARE(report.layouts, std::vector<DatasetLayout>{static_cast<DatasetLayout>(layout)});
        QCOMPARE(report.count(Severity::Error), 0);
        QCOMPARE(report.songs.size(), songNames.size());
        const auto expected = examplesOf(test::dataConfig(usual));
        QVERIFY(haveEqualAudio(examplesOf(test::dataConfig(root)), expected));
        if (fs::exists(root / "stems.csv"))
            QVERIFY(haveEqualAudio(examplesOf(test::dataConfig(root / "stems.csv")), expected));
        DataConfig other = test::dataConfig(root);
        other.randomMixProbability = 0;
        QVERIFY(!haveEqualAudio(examplesOf(other), expected));
    }

    /// The silence that encoders add is removed, so that the stems keep their length.
    void readsCompressedStems() {
        constexpr std::int64_t frames = 123457;
        fs::create_directories(data_->root() / "a");
        const std::vector<std::pair<const char*, int>> stems = {{"bass.mp3", test::mp3Format},
                                                                {"drums.ogg", test::vorbisFormat},
                                                                {"vocals.opus", test::opusFormat}};
        for (const auto& [name, format] : stems) {
            if (!test::writeByLibsndfile(data_->root() / "a" / name, test::noise(1, frames, 5, 0.2F), format))
                QSKIP("this libsndfile does not write the format");
        }
        const SongLibrary library = openLibrary(test::dataConfig(data_->root()), {48000, 1});
        QCOMPARE(library.train[0].stems.size(), 3U);
        QCOMPARE(library.train[0].frames, frames);
        QVERIFY(library.notices.empty());
        QCOMPARE(inspectDataset(data_->root()).value().count(Severity::Error), 0);

        test::truncate(data_->root() / "a" / "drums.ogg", 0.5);
        expectRefused("truncated", "drums.ogg");
        test::writeBytes(data_->root() / "a" / "drums.ogg", "OggS");
        expectRefused("damaged", "drums.ogg");
    }

    /// A preview of the song is not a stem.
    void compressedFilesBesideOthersNeedTheNameOfAStem() {
        data_->add("a", {.stems = {"bass", "drums"}, .frames = 6000});
        for (const char* name : {"Vocals", "koto", "mixture", "a"}) {
            const fs::path file = data_->root() / "a" / (std::string(name) + ".ogg");
            if (!test::writeByLibsndfile(file, test::noise(2, 6000, 5, 0.2F), test::vorbisFormat))
                QSKIP("this libsndfile does not write the format");
        }
        const Song song = open().train.at(0);
        QCOMPARE(song.stems.size(), 3U);
        QVERIFY(song.find("vocals") != nullptr && !song.mixture);
        QCOMPARE(song.unread.size(), 3U);
        const std::string reason = "is compressed, unlike other files of the song, and not named like a stem";
        QCOMPARE(song.unread[1].stem, std::string("koto"));
        QCOMPARE(song.unread[1].reason, reason);
        QVERIFY(errorOf([&] {
                    openStems({"bass", "koto"});
                }).find("koto.ogg " + reason) != std::string::npos);
        for (const char* name : {"bass", "drums"})
            fs::remove(data_->file("a", name));
        const Song compressed = open().train.at(0);
        QCOMPARE(compressed.stems.size(), 3U); // a, koto and vocals
        QVERIFY(compressed.mixture && compressed.unread.empty());
    }

    void addsSongsOfMoreRoots() {
        for (const std::string& song : songNames)
            data_->add("usual/" + song, {.stems = stemNames, .frames = 6000});
        const fs::path usual = data_->root() / "usual";
        for (const std::string& stem : stemNames) {
            const std::string file = stem + ".wav";
            copy(usual / "a" / file, data_->root() / "root/a" / file);
            copy(usual / "b" / file, data_->root() / "more" / stem / "b.wav");
            copy(usual / "c" / file, data_->root() / "root/c" / file);
        }
        DataConfig data = test::dataConfig(data_->root() / "root");
        data.moreRoots = {(data_->root() / "more").string()};
        QVERIFY(haveEqualAudio(examplesOf(data), examplesOf(test::dataConfig(usual))));
        QCOMPARE(configuredFor(data.root + "/../root", data).moreRoots, data.moreRoots);
        QVERIFY(configuredFor(usual.string(), data).moreRoots.empty());
        data.moreRoots.push_back((data_->root() / "none").string());
        QVERIFY(errorOf([&] { openLibrary(data, format_); }).find("no such folder") != std::string::npos);
    }

    void refusesToUseARootTwice() {
        data_->add("a", {.stems = stemNames});
        fs::create_directory_symlink(data_->root(), data_->root().string() + "-link");
        DataConfig data = test::dataConfig(data_->root());
        data.moreRoots = {data_->root().string() + "-link"};
        QVERIFY(errorOf([&] { openLibrary(data, format_); }).find("the data set is named twice") !=
                std::string::npos);
        fs::remove(data_->root().string() + "-link");
    }

    void namesSongsThatAreNotReached() {
        data_->add("train/a");
        data_->add("stray");
        fs::create_directory_symlink("/no/such/disk", data_->root() / "train/b");
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"a"});
        QCOMPARE(library.notices.size(), 2U);
        const std::string all = library.notices[0] + library.notices[1];
        QVERIFY2(all.find("'stray' is not used: it is a song, but songs are read only from train/") !=
                     std::string::npos,
                 all.c_str());
        QVERIFY2(all.find("'train/b' is not used: it is a link to a folder that is not there") !=
                     std::string::npos,
                 all.c_str());
    }

    /// Stems of different songs do not belong together, but can be mixed.
    void mixesFilesWithOtherNames() {
        for (const char* file : {"vocals/vocals_1", "vocals/vocals_2", "drums/drums_1", "bass/b"})
            writeStem(file);
        expectRefused("4 of 4 songs have no file of the same name for every stem (first: 'b')",
                      "data.incomplete_songs");
        const DatasetReport report = inspectDataset(data_->root()).value();
        QCOMPARE(report.count(Severity::Error), 1);
        QCOMPARE(report.problems[0].kind, std::string("not aligned"));

        DataConfig data = mixing();
        const auto examples = examplesOf(data);
        QCOMPARE(examples[0].origins.size(), 3U);
        QCOMPARE(examples[0].origins[1].song, std::string("drums_1"));
        bool isFirstUsed = false, isSecondUsed = false;
        for (const Example& example : examples) {
            isFirstUsed = isFirstUsed || example.origins[2].song == "vocals_1";
            isSecondUsed = isSecondUsed || example.origins[2].song == "vocals_2";
        }
        QVERIFY(isFirstUsed && isSecondUsed);
        data.randomMixProbability = 0.9;
        QVERIFY(errorOf([&] { examplesOf(data); }).find("all segments must be mixed") != std::string::npos);
        data.randomMixProbability = 1;
        data.stems.push_back("flute");
        QVERIFY(errorOf([&] { examplesOf(data); }).find("no training song has the stem 'flute'") !=
                std::string::npos);
    }

    void skipsOrExcludesSongsWithOtherNames() {
        for (const char* file : {"vocals/a", "drums/a", "vocals/b"})
            writeStem(file);
        expectRefused("1 of 2 songs have no file of the same name for every stem (first: 'b')",
                      "data.incomplete_songs");
        const SongLibrary skipped = open(FileErrorPolicy::Skip);
        QCOMPARE(names(skipped.train), QStringList{"a"});
        QVERIFY(skipped.notices[0].starts_with("The song 'b' is skipped: "));
        QCOMPARE(names(openStems({}, {"b"}).train), QStringList{"a"});
    }

    void namesWhatIsNotUsedInStemFolders() {
        for (const char* file : {"vocals/a", "drums/a", "vocals/takes/old", "Some song/vocals"})
            writeStem(file);
        writeText(data_->root() / "vocals" / "b.mpc", "x");
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"a"});
        const auto isNoticed = [&](const std::string& what) {
            return std::ranges::any_of(library.notices, [&](const std::string& notice) {
                return notice.find(what) != std::string::npos;
            });
        };
        QVERIFY(isNoticed("Some song"));
        QVERIFY(isNoticed("takes"));
        QVERIFY(isNoticed("b.mpc"));
    }

    /// The mixture would lack the stem.
    void refusesUnsupportedFilesInStemFolders() {
        for (const char* file : {"vocals/a", "drums/a", "vocals/b", "drums/b"})
            writeStem(file);
        fs::create_directories(data_->root() / "Other");
        writeText(data_->root() / "Other" / "a.mpc", "x");
        expectRefused("a.mpc is not supported: stems must be WAV, FLAC, AIFF, MP3, AAC, Ogg, Opus or WMA",
                      "a");
        const DatasetReport report = inspectDataset(data_->root()).value();
        QCOMPARE(report.count(Severity::Error), 1);
        QCOMPARE(
            report.problems[0].text,
            std::string(
                "Other/a.mpc is not supported: stems must be WAV, FLAC, AIFF, MP3, AAC, Ogg, Opus or WMA"));
        QCOMPARE(openStems({"vocals", "drums"}).train.size(), 2U);

        DataConfig data = test::dataConfig(data_->root());
        data.stems = {"vocals", "drums"};
        data.targets = {"Other"};
        std::vector<std::string> notices;
        const auto songs = openLibrary(data, format_).train;
        const std::string message = errorOf([&] { songsWithTargets(songs, data, notices); });
        QVERIFY2(message.find("a.mpc is not supported") != std::string::npos, message.c_str());
    }

    /// Complete songs are used as without the others; those contribute their stems to mixes.
    void usesIncompleteSongsInMixesOnly() {
        data_->add("a", {.stems = stemNames, .frames = 6000});
        data_->add("b", {.stems = {"drums"}, .frames = 6000});
        DataConfig data = mixing();
        bool isUsed = false;
        for (const Example& example : examplesOf(data, 50)) {
            QCOMPARE(example.origins.size(), 3U);
            QCOMPARE(example.origins[2].song, std::string("a"));
            isUsed = isUsed || example.origins[1].song == "b";
        }
        QVERIFY(isUsed);
        data.randomMixProbability = 0;
        for (const Example& example : examplesOf(data))
            QCOMPARE(example.origins[1].song, std::string("a"));
        QVERIFY(openLibrary(data, format_).notices[0].starts_with("1 of 2 train songs lack stems"));
        data.incompleteSongs = IncompleteSongs::Refuse;
        QVERIFY(errorOf([&] { openLibrary(data, format_); }).find("no stem 'bass', which data.stems lists") !=
                std::string::npos);
    }

    void ignoresLinksToFoldersAbove() {
        data_->add("train/artist/a", {.stems = stemNames});
        fs::create_directory_symlink(data_->root() / "train", data_->root() / "train" / "artist" / "loop");
        fs::create_directory_symlink(data_->root() / "train" / "artist",
                                     data_->root() / "train" / "artist" / "self");
        fs::create_directory_symlink(data_->root(), data_->root() / "train" / "up");
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"artist - a"});
        QVERIFY(library.notices.at(0).find("3 folders are not used") == 0);
        QVERIFY(library.notices[0].find("is a link to a folder that contains it") != std::string::npos);
    }

    void spellsStemsAsConfigured() {
        data_->add("a", {.stems = {"Vocals", "Koto"}});
        QCOMPARE(open().train[0].stems[1].stem, std::string("vocals"));
        DataConfig data = test::dataConfig(data_->root());
        data.targets = {"VOCALS"};
        const SongLibrary library = openLibrary(data, format_);
        QVERIFY(library.train[0].find("VOCALS") != nullptr && library.train[0].find("koto") != nullptr);
        QCOMPARE(openStems({"Koto"}).train[0].stems[0].stem, std::string("Koto"));
        data_->add("a", {.stems = {"vocals"}});
        expectRefused("Vocals.wav and vocals.wav are both 'vocals'", "Keep one of them");
    }

    void trimsOrPadsUnequalLengths() {
        data_->add("train/a", {.stems = stemNames});
        writeAudio(data_->file("train/a", "drums"), test::noise(2, 22050, 1), AudioSpec());
        DataConfig data = test::dataConfig(data_->root());
        data.lengthMismatch = LengthMismatch::Trim;
        const SongLibrary trimmed = openLibrary(data, format_);
        QCOMPARE(trimmed.train[0].frames, 22050);
        QCOMPARE(trimmed.notices,
                 std::vector<std::string>{"1 of 1 train songs have files of unequal lengths and are trimmed "
                                          "to the shortest: 'a' 0.500 to 1.000 s"});
        data.lengthMismatch = LengthMismatch::Pad;
        const SongLibrary padded = openLibrary(data, format_);
        QCOMPARE(padded.train[0].frames, 44100);
        QVERIFY(padded.notices.at(0).find("padded with silence to the longest: 'a'") != std::string::npos);
        const AudioBuffer drums = readStem(padded.train[0], "drums", format_);
        QCOMPARE(drums.frames(), 44100);
        QVERIFY(std::ranges::any_of(drums.channel(0).first(22050), [](float v) { return v != 0; }));
        QVERIFY(std::ranges::all_of(drums.channel(0).subspan(22050), [](float v) { return v == 0; }));
    }

private:
    static std::string nameOf(QString pattern, const std::string& song, const std::string& stem) {
        const QString name = QString::fromStdString(stem);
        pattern.replace(QLatin1String("{song}"), QString::fromStdString(song));
        pattern.replace(QLatin1String("{stem}"), name).replace(QLatin1String("{STEM}"), name.toUpper());
        return pattern.toStdString();
    }
    static void copy(const fs::path& from, const fs::path& to) {
        fs::create_directories(to.parent_path());
        fs::copy_file(from, to);
    }
    static void writeTable(const fs::path& table, const QString& pattern) {
        std::string rows = "instrum,path\n";
        for (const std::string& song : songNames) {
            for (const std::string& stem : stemNames)
                rows += stem + "," + nameOf(pattern, song, stem) + "\n";
        }
        writeText(table, rows);
    }
    DataConfig mixing() const {
        DataConfig data = test::dataConfig(data_->root());
        data.stems = stemNames;
        data.incompleteSongs = IncompleteSongs::Mix;
        data.randomMixProbability = 1;
        return data;
    }
};

HEADROOM_TEST_MAIN(TestDatasetLayouts)
#include "tst_dataset_layouts.moc"
