// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/data/song_library.h"
#include "tests/core/data/library_fixture.h"
#include "tests/support/bad_files.h"
#include "tests/support/libsndfile_writer.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <filesystem>
#include <functional>

using namespace headroom;
using headroom::test::errorOf;

/// Files of a song that are sums of its stems.
class TestSongSums : public QObject, test::LibraryFixture {
    Q_OBJECT

    /// Writes root/<folder>/<name>.wav, the sum of some stems plus noise of amplitude `error`.
    void addSum(const std::string& folder, const std::string& name, const std::vector<std::string>& stems,
                float error = 0) {
        AudioBuffer sum = test::noise(2, 44100, 77, error);
        for (const std::string& stem : stems) {
            const AudioBuffer part = test::readAudio(data_->file(folder, stem));
            std::ranges::transform(part.samples(), sum.samples(), sum.samples().begin(), std::plus());
        }
        writeAudio(data_->root() / folder / (name + ".wav"), sum, AudioSpec());
    }

private Q_SLOTS:
    /// Compression leaves more of a sum than rounding does.
    void findsSumsOfCompressedFiles() {
        constexpr std::int64_t frames = 48000;
        std::filesystem::create_directories(data_->root() / "train/a");
        AudioBuffer sum(1, frames);
        const auto write = [&](const std::string& name, const AudioBuffer& audio) {
            return test::writeByLibsndfile(data_->root() / "train/a" / (name + ".mp3"), audio,
                                           test::mp3Format);
        };
        double hertz = 110;
        for (const char* stem : {"bass", "drums", "vocals"}) {
            AudioBuffer part = test::sine(1, frames, hertz *= 3, 48000);
            for (float& sample : part.samples())
                sample *= 0.4F;
            std::ranges::transform(sum.samples(), part.samples(), sum.samples().begin(), std::plus());
            if (!write(stem, part))
                QSKIP("this libsndfile does not write MP3");
        }
        QVERIFY(write("whole", sum));
        const Song song = open().train[0];
        QCOMPARE(song.stems.size(), 3U);
        QVERIFY(song.mixture.has_value());
    }

    void init() { reset(); }

    void sumOfAllStemsBecomesMixture_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"mix", "Master", "song 1", "accompaniment"})
            QTest::newRow(name) << name;
    }
    void sumOfAllStemsBecomesMixture() {
        QFETCH(const QString, name);
        data_->add("train/a");
        addSum("train/a", name.toStdString(), {"bass", "drums", "other", "vocals"});
        const SongLibrary library = open();
        const Song& song = library.train[0];
        QCOMPARE(song.stems.size(), 4U);
        QCOMPARE(song.mixture->files[0].path.stem().string(), name.toStdString());
        QCOMPARE(song.mixture->stem, std::string(mixtureName));
        QVERIFY(library.notices.at(0).find("sum of all stems") != std::string::npos);
        // Next to a mixture it is only excluded from the stems.
        addSum("train/a", "mixture", {"bass", "drums", "other", "vocals"});
        const Song both = open().train[0];
        QCOMPARE(both.stems.size(), 4U);
        QCOMPARE(both.mixture->files[0].path.stem().string(), std::string("mixture"));
    }

    void refusesSumOfSomeStems_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<float>("error");
        QTest::newRow("accompaniment") << "accompaniment" << 0.0F;
        QTest::newRow("a neutral name") << "take 3" << 0.0F;
        QTest::newRow("dithered") << "no_vocals" << 1e-4F;
        QTest::newRow("processed, recognized by its name") << "karaoke" << 0.1F;
    }
    void refusesSumOfSomeStems() {
        QFETCH(const QString, name);
        QFETCH(const float, error);
        data_->add("train/bad");
        addSum("train/bad", name.toStdString(), {"bass", "drums", "other"}, error);
        expectRefused(error > 0.01F ? "is named like an accompaniment" : "is the sum of bass, drums, other",
                      name.toStdString() + ".wav");
        expectRefused("data.stems: [bass, drums, other, vocals]", "bad");
        expectRefusedOrSkipped(name.toStdString() + ".wav is");
        // Listed stems decide; a sum among them is refused.
        const std::vector<std::string> four = {"bass", "drums", "other", "vocals"};
        QCOMPARE(openStems(four).train[0].stems.size(), 4U);
        std::vector<std::string> five = four;
        five.push_back(name.toStdString());
        const auto named = [&] { openStems(five, {"good"}); };
        QCOMPARE(errorOf(named).empty(), error > 0.01F);
    }

    void refusesMixtureNameWithoutSum() {
        data_->add("train/bad");
        addSum("train/bad", "mix", {"bass", "drums", "other", "vocals"}, 0.1F);
        expectRefused("mix.wav is named like a mixture, but is not the sum", "rename it to mixture");
    }

    void acceptsVocalsAndAccompaniment() {
        data_->add("train/a", {.stems = {"vocals", "accompaniment"}, .withMixture = true});
        data_->add("train/b", {.stems = {"vocals", "instrumental"}});
        const SongLibrary library = open();
        QCOMPARE(library.train[0].stems.size(), 2U);
        QCOMPARE(library.train[1].stems.size(), 2U);
    }

    /// In a longer song the excerpts decide.
    void findsSumsInLongSongs() {
        data_->add("train/bad", {.stems = {"bass", "drums", "vocals"}, .frames = 44100 * 20});
        AudioBuffer sum(2, 44100 * 20);
        for (const char* stem : {"bass", "drums"}) {
            const AudioBuffer part = test::readAudio(data_->file("train/bad", stem));
            std::ranges::transform(part.samples(), sum.samples(), sum.samples().begin(), std::plus());
        }
        writeAudio(data_->root() / "train/bad/rhythm.wav", sum, AudioSpec());
        expectRefused("rhythm.wav is the sum of bass, drums", "bad");
    }
};

HEADROOM_TEST_MAIN(TestSongSums)
#include "tst_song_sums.moc"
