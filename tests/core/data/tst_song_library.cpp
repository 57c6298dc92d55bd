// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/data/song_library.h"
#include "core/support/error.h"
#include "tests/core/data/library_fixture.h"
#include "tests/support/bad_files.h"
#include "tests/support/failing_reads.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <unistd.h>

using namespace headroom;
using headroom::test::errorOf;
using headroom::test::TinySong;
namespace fs = std::filesystem;

class TestSongLibrary : public QObject, test::LibraryFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }

    void findsMusdbLayout() {
        TinySong song;
        song.withMixture = true;
        data_->add("train/B", song);
        data_->add("train/A - 한글", song);
        data_->add("test/C", song);
        data_->add("train/.hidden", song);
        test::writeBytes(data_->root() / "train" / "B" / "._vocals.wav", "not audio");
        test::writeBytes(data_->root() / "train" / "B" / "notes.txt", "hello");
        fs::create_directory(data_->root() / "train" / "without audio");
        const SongLibrary library = open();
        QCOMPARE(names(library.train), (QStringList{QString::fromUtf8("A - 한글"), "B"}));
        QCOMPARE(names(library.test), QStringList{"C"});
        QCOMPARE(library.notices.size(), 1U);
        QVERIFY(library.notices[0].find("'train/without audio' is not used: it is empty") !=
                std::string::npos);
        const Song& found = library.train[1];
        QCOMPARE(found.stems.size(), 4U);
        QVERIFY(found.mixture.has_value());
        QVERIFY(found.find("vocals") != nullptr && found.find("mixture") != nullptr);
        QVERIFY(found.find("flute") == nullptr);
        QCOMPARE(found.frames, 44100);
    }

    /// AAC at 8 kHz and Opus at 48 kHz, of the same length.
    void readsM4aAndWebm() {
        const fs::path files = fs::path(HEADROOM_TEST_DATA) / "ffmpeg";
        const fs::path song = data_->root() / "train" / "a";
        fs::create_directories(song);
        fs::copy_file(files / "gapless.m4a", song / "vocals.m4a");
        fs::copy_file(files / "gapless.webm", song / "bass.webm");
        const SongLibrary library = open();
        QCOMPARE(library.train.size(), 1U);
        const Song& found = library.train[0];
        QVERIFY(found.find("vocals") != nullptr && found.find("bass") != nullptr);
        QCOMPARE(found.frames, std::int64_t{544443}); // 98765 / 8000 s at 44.1 kHz
        const AudioBuffer part = readStem(found, "vocals", {44100, 2}, 300000, 44100);
        QVERIFY(part.peak() > 0.39F && part.peak() < 0.42F);
    }

    void foldersWithoutSplitAreTrainingSongs() {
        TinySong song;
        song.stems = {"singing", "rest"};
        song.spec.container = AudioContainer::Flac;
        song.spec.encoding = SampleEncoding::Pcm24;
        data_->add("one", song);
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"one"});
        QVERIFY(library.test.empty());
    }

    void reportsHeadersWithoutALength() {
        data_->add("train/a");
        data_->add("train/b");
        data_->add("test/c");
        const fs::path first = data_->file("train/a", "drums");
        test::removeLength(first);
        QCOMPARE(open().notices,
                 std::vector<std::string>{
                     first.string() + ": its header has no length; all 1.0 s found in the file are used"});
        QCOMPARE(open().train[0].frames, 44100);
        test::removeLength(data_->file("train/b", "bass"));
        test::removeLength(data_->file("test/c", "bass"));
        const auto notices = open().notices;
        QCOMPARE(notices.size(), 2U);
        QVERIFY(notices[0].ends_with("are used; the same applies to 1 more file of the train songs"));
        QVERIFY(notices[1].starts_with(data_->file("test/c", "bass").string()));
    }

    /// They may be excluded just because they cannot be read.
    void doesNotOpenExcludedSongs() {
        data_->add("train/good");
        data_->add("train/bad");
        data_->add("test/bad");
        std::ofstream(data_->root() / "train" / "bad" / "vocals.wav") << "no audio";
        QVERIFY_THROWS_EXCEPTION(Error, open());
        const SongLibrary library = openStems({}, {"bad", "unknown"});
        QCOMPARE(names(library.train), QStringList{"good"});
        QCOMPARE(names(library.test), QStringList{"bad"});
        QCOMPARE(library.notices.size(), 1U);
        QVERIFY(library.notices[0].find("unknown") != std::string::npos);
    }

    void acceptsSpellingsOfSplits_data() {
        QTest::addColumn<QString>("train");
        QTest::addColumn<QString>("valid");
        QTest::addColumn<QString>("test");
        QTest::newRow("as Demucs has them") << "train"
                                            << "valid"
                                            << "test";
        QTest::newRow("capitals") << "Train"
                                  << "Valid"
                                  << "Test";
        QTest::newRow("val") << "TRAIN"
                             << "val"
                             << "TEST";
        QTest::newRow("validation") << "train"
                                    << "validation"
                                    << "test";
    }
    void acceptsSpellingsOfSplits() {
        QFETCH(const QString, train);
        QFETCH(const QString, valid);
        QFETCH(const QString, test);
        data_->add(train.toStdString() + "/a");
        data_->add(valid.toStdString() + "/b");
        data_->add(test.toStdString() + "/c");
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"a"});
        QCOMPARE(names(library.validation), QStringList{"b"});
        QCOMPARE(names(library.test), QStringList{"c"});
        QVERIFY(library.notices.empty());
        QVERIFY(library.validation[0].split == Split::Validation);
    }

    void findsValidationSplitNextToSongs() {
        data_->add("one");
        data_->add("val/two");
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"one"});
        QCOMPARE(names(library.validation), QStringList{"two"});
    }

    void reportsUnusedFiles() {
        data_->add("train/a");
        data_->add("train/artist/vocals/song");
        data_->add("extra/b");
        test::writeBytes(data_->root() / "train" / "a" / "preview.mp3", "x");
        fs::create_directories(data_->root() / "train" / "mpcs");
        test::writeBytes(data_->root() / "train" / "mpcs" / "vocals.mpc", "x");
        const SongLibrary library = open();
        QString all;
        for (const std::string& notice : library.notices)
            all += QString::fromStdString(notice) + "\n";
        for (const char* part :
             {"1 of 1 train songs have audio files that are not used, such as preview.mp3, which is "
              "compressed",
              "'extra' is not used", "'train/artist' is not used: it contains no audio files",
              "'train/mpcs' is not used: it contains only Musepack audio"})
            QVERIFY2(all.contains(part), qPrintable(all));
    }

    void refusesUnsupportedFormats_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"vocals.mpc", "vocals.dsf", "Vocals.MPC"})
            QTest::newRow(file) << file;
    }
    void refusesUnsupportedFormats() {
        QFETCH(const QString, file);
        TinySong song;
        song.stems = {"bass", "drums", "other"};
        data_->add("train/bad", song);
        test::writeBytes(data_->root() / "train" / "bad" / file.toStdString(), "x");
        expectRefusedOrSkipped(
            file.toStdString() +
            " is not supported: stems must be WAV, FLAC, AIFF, MP3, AAC, Ogg, Opus or WMA");
        // The mixture can be added up, and other stems can be named.
        const SongLibrary named = openStems(song.stems, {"good"});
        QCOMPARE(named.train[0].stems.size(), 3U);
    }

    void opensOnlyListedStems() {
        data_->add("train/a", {.stems = {"vocals", "drums", "bass", "accompaniment"}});
        data_->add("train/a", {.stems = {"mixture"}});
        const SongLibrary library = openStems({"vocals", "accompaniment"});
        QCOMPARE(library.train[0].stems.size(), 2U);
        QVERIFY(library.train[0].mixture.has_value() && !library.train[0].find("drums"));
        // What is not named is not even opened.
        test::writeBytes(data_->file("train/a", "drums"), "no audio");
        QCOMPARE(openStems({"vocals", "accompaniment"}).train.size(), 1U);
        const std::string message = errorOf([&] { openStems({"vocals", "flute"}); });
        QVERIFY2(message.find("no stem 'flute', which data.stems lists") != std::string::npos,
                 message.c_str());
    }

    void mixtureIsFileOrSum() {
        TinySong song;
        data_->add("train/a", song);
        const Song without = open().train[0];
        AudioBuffer sum(2, 44100);
        for (const SongStem& stem : without.stems) {
            const AudioBuffer part = test::readAudio(stem.files[0].path);
            std::ranges::transform(part.samples(), sum.samples(), sum.samples().begin(), std::plus());
        }
        QVERIFY(std::ranges::equal(readStem(without, "mixture", format_).samples(), sum.samples()));
        writeAudio(without.folder / "mixture.wav", test::noise(2, 44100, 99), AudioSpec());
        QVERIFY(std::ranges::equal(readStem(open().train[0], "mixture", format_).samples(),
                                   test::noise(2, 44100, 99).samples()));
        QVERIFY(!errorOf([&] { readStem(without, "flute", format_); }).empty());
    }

    void readsZerosAfterEnd() {
        data_->add("train/a");
        const Song song = open().train[0];
        const AudioBuffer whole = readStem(song, "bass", format_);
        const AudioBuffer part = readStem(song, "bass", format_, 44000, 300);
        QVERIFY(std::ranges::equal(part.channel(1).first(100), whole.channel(1).subspan(44000)));
        QVERIFY(std::ranges::all_of(part.channel(1).subspan(100), [](float v) { return v == 0; }));
    }

    void convertsRatesAndMono() {
        TinySong song;
        song.spec.sampleRate = 22050;
        song.spec.channels = 1;
        song.frames = 22050;
        data_->add("train/half", song);
        song.spec.sampleRate = 48000;
        song.frames = 48000;
        song.stems = {"extra"};
        data_->add("train/half", song); // a second rate in the same song
        const SongLibrary library = open();
        QCOMPARE(library.train[0].frames, 44100);
        QCOMPARE(library.notices.size(), 1U);
        QVERIFY(library.notices[0].find("resampled") != std::string::npos);
        const AudioBuffer audio = readStem(library.train[0], "vocals", format_);
        QCOMPARE(audio.channels(), 2);
        QCOMPARE(audio.frames(), 44100);
        QVERIFY(audio.peak() > 0.1F);
        QVERIFY(std::ranges::equal(audio.channel(0), audio.channel(1)));
    }

    void trimsSlightlyDifferentLengths() {
        data_->add("train/a");
        writeAudio(data_->file("train/a", "bass"), test::noise(2, 44000, 1), AudioSpec());
        const SongLibrary library = open();
        QCOMPARE(library.train[0].frames, 44000);
        QCOMPARE(library.notices.size(), 1U);
        QCOMPARE(readStem(library.train[0], "vocals", format_).frames(), 44000);
    }

    void refusesDifferentLengths() {
        data_->add("train/bad");
        writeAudio(data_->file("train/bad", "drums"), test::noise(2, 22050, 1), AudioSpec());
        expectRefused("vocals.wav", "bad");
        expectRefusedOrSkipped("drums.wav is 0.500 s long");
    }

    void refusesTwoFilesForOneStem() {
        data_->add("train/bad");
        TinySong flac;
        flac.stems = {"vocals"};
        flac.spec.container = AudioContainer::Flac;
        flac.spec.encoding = SampleEncoding::Pcm16;
        data_->add("train/bad", flac);
        expectRefusedOrSkipped("vocals.flac and vocals.wav");
    }

    void refusesMixtureWithoutStems() {
        TinySong song;
        song.stems = {"mixture"};
        data_->add("train/bad", song);
        expectRefusedOrSkipped("no stem");
    }

    void refusesSurround() {
        TinySong song;
        song.spec.channels = 6;
        data_->add("train/bad", song);
        expectRefusedOrSkipped("6 channels");
    }

    void refusesUnreadableFiles_data() {
        QTest::addColumn<int>("container");
        QTest::addColumn<double>("share");
        QTest::newRow("half a wav") << static_cast<int>(AudioContainer::Wav) << 0.5;
        QTest::newRow("half a flac") << static_cast<int>(AudioContainer::Flac) << 0.5;
        QTest::newRow("an empty file") << static_cast<int>(AudioContainer::Wav) << 0.0;
    }
    void refusesUnreadableFiles() {
        QFETCH(int, container);
        QFETCH(double, share);
        TinySong song;
        song.spec.container = static_cast<AudioContainer>(container);
        song.spec.encoding = SampleEncoding::Pcm16;
        data_->add("train/bad", song);
        test::truncate(data_->file("train/bad", "other"), share);
        expectRefusedOrSkipped(data_->file("train/bad", "other").string());
    }

    void refusesUnusableRoots() {
        expectRefused("no songs", data_->root().string());
        fs::create_directories(data_->root() / "train");
        expectRefused("no songs", data_->root().string());
        QVERIFY(errorOf([&] {
                    openLibrary(test::dataConfig(data_->root() / "no", FileErrorPolicy::Skip), format_);
                }).find("no such folder") != std::string::npos);
        test::writeBytes(data_->root() / "file", "x");
        QVERIFY(errorOf([&] {
                    openLibrary(test::dataConfig(data_->root() / "file", FileErrorPolicy::Skip), format_);
                }).find("not a folder") != std::string::npos);
        data_->add("train/one");
        QVERIFY(errorOf([&] {
                    openLibrary(test::dataConfig(data_->root() / "train" / "one"), format_);
                }).find("one song") != std::string::npos);
        test::truncate(data_->file("train/one", "bass"), 0.1);
        const std::string message = errorOf([&] { open(FileErrorPolicy::Skip); });
        QVERIFY2(message.find("bass.wav") != std::string::npos, message.c_str());
    }

    /// FileErrorPolicy::Skip is for files that stay unreadable.
    void passingReadErrorSkipsNoSong() {
        data_->add("train/one");
        const test::FailingReads disk(data_->file("train/one", "drums"), 1);
        const SongLibrary library = open(FileErrorPolicy::Skip);
        QVERIFY(disk.count() > 2);
        QCOMPARE(library.train.size(), 1U);
        QVERIFY(library.notices.empty());
    }

    void reportsUnreadableFolder() {
        if (::geteuid() == 0)
            QSKIP("permissions do not hold for root");
        data_->add("train/locked");
        const fs::path locked = data_->root() / "train" / "locked";
        fs::permissions(locked, fs::perms::none);
        const std::string message = errorOf([&] { open(); });
        fs::permissions(locked, fs::perms::owner_all);
        QVERIFY2(message.find(locked.string()) != std::string::npos, message.c_str());
    }
};

HEADROOM_TEST_MAIN(TestSongLibrary)
#include "tst_song_library.moc"
