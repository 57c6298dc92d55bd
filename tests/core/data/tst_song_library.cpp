#include "core/audio/audio_file.h"
#include "core/data/song_library.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"
#include "tests/support/tiny_dataset.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <unistd.h>

using namespace headroom;
using headroom::test::errorOf;
using headroom::test::TinyDataset;
using headroom::test::TinySong;
namespace fs = std::filesystem;

class TestSongLibrary : public QObject {
    Q_OBJECT

    const AudioFormat form_ = {};
    std::unique_ptr<TinyDataset> data_;

    SongLibrary open(FileErrorPolicy policy = FileErrorPolicy::Fail) const {
        return openLibrary(data_->root(), form_, policy);
    }
    static QStringList names(const std::vector<Song>& songs) {
        QStringList list;
        for (const Song& song : songs)
            list << QString::fromStdString(song.name);
        return list;
    }
    void expectRefused(const std::string& what, const std::string& where) {
        const std::string message = errorOf([&] { open(); });
        QVERIFY2(message.find(what) != std::string::npos, message.c_str());
        QVERIFY2(message.find(where) != std::string::npos, message.c_str());
    }
    /// "bad" is refused for `what`; where bad songs are skipped the good one stays.
    void expectRefusedOrSkipped(const std::string& what) {
        data_->add("train/good");
        expectRefused(what, "bad");
        const SongLibrary library = open(FileErrorPolicy::Skip);
        QCOMPARE(names(library.train), QStringList{"good"});
        QCOMPARE(library.notices.size(), 1U);
        QVERIFY2(library.notices[0].find(what) != std::string::npos, library.notices[0].c_str());
        QVERIFY(library.notices[0].find("'bad'") != std::string::npos);
    }

private Q_SLOTS:
    void init() { data_ = std::make_unique<TinyDataset>(); }

    void findsMusdbLayout() {
        TinySong song;
        song.withMixture = true;
        data_->add("train/B", song);
        data_->add("train/A - 한글", song);
        data_->add("test/C", song);
        data_->add("train/.hidden", song);
        test::writeBytes(data_->root() / "train" / "B" / "._vocals.wav", "not sound");
        test::writeBytes(data_->root() / "train" / "B" / "notes.txt", "hello");
        fs::create_directory(data_->root() / "train" / "without sound");
        const SongLibrary library = open();
        QCOMPARE(names(library.train), (QStringList{QString::fromUtf8("A - 한글"), "B"}));
        QCOMPARE(names(library.test), QStringList{"C"});
        QCOMPARE(library.notices.size(), 1U);
        QVERIFY(library.notices[0].find("'train/without sound' is not used: it is empty") !=
                std::string::npos);
        const Song& found = library.train[1];
        QCOMPARE(found.stems.size(), 4U);
        QVERIFY(found.mixture.has_value());
        QVERIFY(found.find("vocals") != nullptr && found.find("mixture") != nullptr);
        QVERIFY(found.find("flute") == nullptr);
        QCOMPARE(found.frames, 44100);
    }

    void foldersWithoutASplitAreTrainingSongs() {
        TinySong song;
        song.stems = {"singing", "rest"};
        song.spec.container = AudioContainer::Flac;
        song.spec.encoding = SampleEncoding::Pcm24;
        data_->add("one", song);
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"one"});
        QVERIFY(library.test.empty());
    }

    /// They may be excluded just because they cannot be read.
    void excludedSongsAreNotOpened() {
        data_->add("train/good");
        data_->add("train/bad");
        data_->add("test/bad");
        std::ofstream(data_->root() / "train" / "bad" / "vocals.wav") << "no sound";
        QVERIFY_EXCEPTION_THROWN(open(), Error);
        const SongLibrary library =
            openLibrary(data_->root(), form_, FileErrorPolicy::Fail, {"bad", "unknown"});
        QCOMPARE(names(library.train), QStringList{"good"});
        QCOMPARE(names(library.test), QStringList{"bad"});
        QCOMPARE(library.notices.size(), 1U);
        QVERIFY(library.notices[0].find("unknown") != std::string::npos);
    }

    void capitalsAndTheNamesOfTheValidationSplit_data() {
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
    void capitalsAndTheNamesOfTheValidationSplit() {
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

    void validationBesideSongsInTheRoot() {
        data_->add("one");
        data_->add("val/two");
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"one"});
        QCOMPARE(names(library.validation), QStringList{"two"});
    }

    void whatIsThereAndNotUsedIsSaid() {
        data_->add("train/a");
        data_->add("train/artist/song");
        data_->add("extra/b");
        test::writeBytes(data_->root() / "train" / "a" / "preview.mp3", "x");
        fs::create_directories(data_->root() / "train" / "mp3s");
        test::writeBytes(data_->root() / "train" / "mp3s" / "vocals.mp3", "x");
        const SongLibrary library = open();
        QString all;
        for (const std::string& notice : library.notices)
            all += QString::fromStdString(notice) + "\n";
        for (const char* part :
             {"1 of 1 train songs have sound files that are not read", "'extra' is not used",
              "'train/artist' is not used: it holds its sound files in folders",
              "'train/mp3s' is not used: it holds sound as MP3 only"})
            QVERIFY2(all.contains(part), qPrintable(all));
    }

    void stemsThatAreNotReadAreNamed_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"vocals.mp3", "vocals.ogg", "vocals.opus", "vocals.m4a", "Vocals.MP3"})
            QTest::newRow(file) << file;
    }
    void stemsThatAreNotReadAreNamed() {
        QFETCH(const QString, file);
        TinySong song;
        song.stems = {"bass", "drums", "other"};
        data_->add("train/bad", song);
        test::writeBytes(data_->root() / "train" / "bad" / file.toStdString(), "x");
        expectRefusedOrSkipped(file.toStdString() + " is here, but stems must be WAV, FLAC or AIFF");
        // The mixture can be added up, and other stems can be named.
        const SongLibrary named =
            openLibrary(data_->root(), form_, FileErrorPolicy::Fail, {"good"}, song.stems);
        QCOMPARE(named.train[0].stems.size(), 3U);
    }

    void stemsCanBeNamed() {
        data_->add("train/a", {.stems = {"vocals", "drums", "bass", "accompaniment"}});
        data_->add("train/a", {.stems = {"mixture"}});
        const auto openWith = [&](const std::vector<std::string>& stems) {
            return openLibrary(data_->root(), form_, FileErrorPolicy::Fail, {}, stems);
        };
        const SongLibrary library = openWith({"vocals", "accompaniment"});
        QCOMPARE(library.train[0].stems.size(), 2U);
        QVERIFY(library.train[0].mixture.has_value() && !library.train[0].find("drums"));
        // What is not named is not even opened.
        test::writeBytes(data_->file("train/a", "drums"), "no sound");
        QCOMPARE(openWith({"vocals", "accompaniment"}).train.size(), 1U);
        const std::string message = errorOf([&] { openWith({"vocals", "flute"}); });
        QVERIFY2(message.find("no stem 'flute', which data.stems names") != std::string::npos,
                 message.c_str());
    }

    /// Writes root/<folder>/<name>.wav, the sum of some of its stems.
    void addSum(const std::string& folder, const std::string& name, const std::vector<std::string>& stems,
                float error = 0) {
        AudioBuffer sum = test::noise(2, 44100, 77, error);
        for (const std::string& stem : stems) {
            const AudioBuffer part = readAudio(data_->file(folder, stem));
            std::ranges::transform(part.samples(), sum.samples(), sum.samples().begin(), std::plus());
        }
        writeAudio(data_->root() / folder / (name + ".wav"), sum, AudioSpec());
    }

    void theSumOfAllStemsIsTheMixture_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"mix", "Master", "song 1", "accompaniment"})
            QTest::newRow(name) << name;
    }
    void theSumOfAllStemsIsTheMixture() {
        QFETCH(const QString, name);
        data_->add("train/a");
        addSum("train/a", name.toStdString(), {"bass", "drums", "other", "vocals"});
        const SongLibrary library = open();
        const Song& song = library.train[0];
        QCOMPARE(song.stems.size(), 4U);
        QCOMPARE(song.mixture->path.stem().string(), name.toStdString());
        QCOMPARE(song.mixture->stem, std::string(mixtureName));
        QVERIFY(library.notices.at(0).find("sum of all stems") != std::string::npos);
        // Beside a mixture it is just no stem.
        addSum("train/a", "mixture", {"bass", "drums", "other", "vocals"});
        const Song both = open().train[0];
        QCOMPARE(both.stems.size(), 4U);
        QCOMPARE(both.mixture->path.stem().string(), std::string("mixture"));
    }

    void theSumOfSomeStemsIsRefused_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<float>("error");
        QTest::newRow("accompaniment") << "accompaniment" << 0.0F;
        QTest::newRow("a name that says nothing") << "take 3" << 0.0F;
        QTest::newRow("dithered") << "no_vocals" << 1e-4F;
        QTest::newRow("processed, told by its name") << "karaoke" << 0.1F;
    }
    void theSumOfSomeStemsIsRefused() {
        QFETCH(const QString, name);
        QFETCH(const float, error);
        data_->add("train/bad");
        addSum("train/bad", name.toStdString(), {"bass", "drums", "other"}, error);
        expectRefused(error > 0.01F ? "is an accompaniment by its name" : "is the sum of bass, drums, other",
                      name.toStdString() + ".wav");
        expectRefused("data.stems: [bass, drums, other, vocals]", "bad");
        expectRefusedOrSkipped(name.toStdString() + ".wav is");
        // Named stems settle it; a sum among them does not pass.
        const std::vector<std::string> four = {"bass", "drums", "other", "vocals"};
        QCOMPARE(openLibrary(data_->root(), form_, FileErrorPolicy::Fail, {}, four).train[0].stems.size(),
                 4U);
        std::vector<std::string> five = four;
        five.push_back(name.toStdString());
        const auto named = [&] { openLibrary(data_->root(), form_, FileErrorPolicy::Fail, {"good"}, five); };
        QCOMPARE(errorOf(named).empty(), error > 0.01F);
    }

    void aMixtureByNameThatIsNotTheSumIsRefused() {
        data_->add("train/bad");
        addSum("train/bad", "mix", {"bass", "drums", "other", "vocals"}, 0.1F);
        expectRefused("mix.wav is the mixture by its name, but not the sum", "call it mixture");
    }

    void vocalsAndAccompanimentAreTwoStems() {
        data_->add("train/a", {.stems = {"vocals", "accompaniment"}, .withMixture = true});
        data_->add("train/b", {.stems = {"vocals", "instrumental"}});
        const SongLibrary library = open();
        QCOMPARE(library.train[0].stems.size(), 2U);
        QCOMPARE(library.train[1].stems.size(), 2U);
    }

    /// In a longer song the excerpts decide.
    void sumsAreFoundInLongSongs() {
        data_->add("train/bad", {.stems = {"bass", "drums", "vocals"}, .frames = 44100 * 20});
        AudioBuffer sum(2, 44100 * 20);
        for (const char* stem : {"bass", "drums"}) {
            const AudioBuffer part = readAudio(data_->file("train/bad", stem));
            std::ranges::transform(part.samples(), sum.samples(), sum.samples().begin(), std::plus());
        }
        writeAudio(data_->root() / "train/bad/rhythm.wav", sum, AudioSpec());
        expectRefused("rhythm.wav is the sum of bass, drums", "bad");
    }

    void theMixtureIsTheFileOrTheSum() {
        TinySong song;
        data_->add("train/a", song);
        const Song without = open().train[0];
        AudioBuffer sum(2, 44100);
        for (const StemFile& stem : without.stems) {
            const AudioBuffer part = readAudio(stem.path);
            std::ranges::transform(part.samples(), sum.samples(), sum.samples().begin(), std::plus());
        }
        QVERIFY(std::ranges::equal(readStem(without, "mixture", form_).samples(), sum.samples()));
        writeAudio(without.folder / "mixture.wav", test::noise(2, 44100, 99), AudioSpec());
        QVERIFY(std::ranges::equal(readStem(open().train[0], "mixture", form_).samples(),
                                   test::noise(2, 44100, 99).samples()));
        QVERIFY(!errorOf([&] { readStem(without, "flute", form_); }).empty());
    }

    void aRangeBeyondTheEndIsZero() {
        data_->add("train/a");
        const Song song = open().train[0];
        const AudioBuffer whole = readStem(song, "bass", form_);
        const AudioBuffer part = readStem(song, "bass", form_, 44000, 300);
        QVERIFY(std::ranges::equal(part.channel(1).first(100), whole.channel(1).subspan(44000)));
        QVERIFY(std::ranges::all_of(part.channel(1).subspan(100), [](float v) { return v == 0; }));
    }

    void otherRatesAndMonoAreAdapted() {
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
        const AudioBuffer sound = readStem(library.train[0], "vocals", form_);
        QCOMPARE(sound.channels(), 2);
        QCOMPARE(sound.frames(), 44100);
        QVERIFY(sound.peak() > 0.1F);
        QVERIFY(std::ranges::equal(sound.channel(0), sound.channel(1)));
    }

    void slightlyDifferentLengthsAreCutWithANotice() {
        data_->add("train/a");
        writeAudio(data_->file("train/a", "bass"), test::noise(2, 44000, 1), AudioSpec());
        const SongLibrary library = open();
        QCOMPARE(library.train[0].frames, 44000);
        QCOMPARE(library.notices.size(), 1U);
        QCOMPARE(readStem(library.train[0], "vocals", form_).frames(), 44000);
    }

    void differentLengthsAreRefused() {
        data_->add("train/bad");
        writeAudio(data_->file("train/bad", "drums"), test::noise(2, 22050, 1), AudioSpec());
        expectRefused("vocals.wav", "bad");
        expectRefusedOrSkipped("drums.wav lasts 0.500 s");
    }

    void twoFilesForAStemAreRefused() {
        data_->add("train/bad");
        TinySong flac;
        flac.stems = {"vocals"};
        flac.spec.container = AudioContainer::Flac;
        flac.spec.encoding = SampleEncoding::Pcm16;
        data_->add("train/bad", flac);
        expectRefusedOrSkipped("vocals.flac and vocals.wav");
    }

    void aMixtureAloneIsRefused() {
        TinySong song;
        song.stems = {"mixture"};
        data_->add("train/bad", song);
        expectRefusedOrSkipped("no stem");
    }

    void surroundIsRefused() {
        TinySong song;
        song.spec.channels = 6;
        data_->add("train/bad", song);
        expectRefusedOrSkipped("6 channels");
    }

    void unreadableFilesAreRefused_data() {
        QTest::addColumn<int>("container");
        QTest::addColumn<double>("share");
        QTest::newRow("half a wav") << static_cast<int>(AudioContainer::Wav) << 0.5;
        QTest::newRow("half a flac") << static_cast<int>(AudioContainer::Flac) << 0.5;
        QTest::newRow("an empty file") << static_cast<int>(AudioContainer::Wav) << 0.0;
    }
    void unreadableFilesAreRefused() {
        QFETCH(int, container);
        QFETCH(double, share);
        TinySong song;
        song.spec.container = static_cast<AudioContainer>(container);
        song.spec.encoding = SampleEncoding::Pcm16;
        data_->add("train/bad", song);
        test::truncate(data_->file("train/bad", "other"), share);
        expectRefusedOrSkipped(data_->file("train/bad", "other").string());
    }

    void unusableRootsAreErrors() {
        expectRefused("no songs", data_->root().string());
        fs::create_directories(data_->root() / "train");
        expectRefused("no songs", data_->root().string());
        QVERIFY(errorOf([&] {
                    openLibrary(data_->root() / "no", form_, FileErrorPolicy::Skip);
                }).find("no such folder") != std::string::npos);
        test::writeBytes(data_->root() / "file", "x");
        QVERIFY(errorOf([&] {
                    openLibrary(data_->root() / "file", form_, FileErrorPolicy::Skip);
                }).find("not a folder") != std::string::npos);
        data_->add("train/one");
        QVERIFY(errorOf([&] {
                    openLibrary(data_->root() / "train" / "one", form_, FileErrorPolicy::Fail);
                }).find("one song") != std::string::npos);
        test::truncate(data_->file("train/one", "bass"), 0.1);
        const std::string message = errorOf([&] { open(FileErrorPolicy::Skip); });
        QVERIFY2(message.find("bass.wav") != std::string::npos, message.c_str());
    }

    void anUnreadableFolderIsNamed() {
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
