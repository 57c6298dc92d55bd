// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/data/activity.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"
#include "tests/support/tiny_dataset.h"

#include <algorithm>
#include <numeric>

using namespace headroom;
using headroom::test::errorOf;

namespace {

constexpr std::int64_t part = 100;
constexpr std::int64_t window = 10 * part;

/// Audio that is active in these parts, in both channels.
AudioBuffer active(std::int64_t parts, const std::vector<std::int64_t>& which) {
    AudioBuffer audio(2, parts * part);
    const AudioBuffer noise = test::noise(2, part, 1);
    for (const std::int64_t p : which) {
        for (int c = 0; c < 2; ++c)
            std::ranges::copy(noise.channel(c), audio.channel(c).begin() + p * part);
    }
    return audio;
}

using Windows = std::vector<std::int64_t>;

Windows windowsOf(const AudioBuffer& audio, std::int64_t block = 77) {
    ActivityMeter meter(window, audio.channels());
    for (std::int64_t first = 0; first < audio.frames(); first += block) {
        const std::int64_t count = std::min(block, audio.frames() - first);
        AudioBuffer piece(audio.channels(), count);
        for (int c = 0; c < audio.channels(); ++c)
            std::ranges::copy(audio.channel(c).subspan(first, count), piece.channel(c).begin());
        meter.add(piece);
    }
    return meter.activeWindows();
}

} // namespace

class TestActivity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requiresMoreThanHalfOfTheParts() {
        QCOMPARE(windowsOf(active(10, {0, 2, 4, 6, 8})), Windows());
        QCOMPARE(windowsOf(active(10, {0, 2, 4, 6, 8, 9})), Windows{0});
    }

    void windowsOverlapByHalfAndAreComplete() {
        std::vector<std::int64_t> all(29);
        std::iota(all.begin(), all.end(), 0);
        QCOMPARE(windowsOf(active(29, all)), (Windows{0, 5 * part, 10 * part, 15 * part}));
        QCOMPARE(windowsOf(active(9, {0, 1, 2, 3, 4, 5, 6, 7, 8})), Windows());
        // Parts 10 to 19 are active: the window at part 10 entirely, those at parts 5 and 15 only by half.
        QCOMPARE(windowsOf(active(30, {10, 11, 12, 13, 14, 15, 16, 17, 18, 19})), Windows{10 * part});
    }

    void requiresActivityInBothChannels() {
        AudioBuffer audio = active(10, {0, 1, 2, 3, 4, 5, 6});
        std::ranges::fill(audio.channel(1), 0.0F);
        QCOMPARE(windowsOf(audio), Windows());
    }

    void thresholdIsMinus60Decibels() {
        for (const auto& [amplitude, isActive] : {std::pair{0.00101F, true}, std::pair{0.00099F, false}}) {
            AudioBuffer audio(1, window);
            for (std::int64_t i = 0; i < window; ++i)
                audio.channel(0)[i] = i % 2 == 0 ? amplitude : -amplitude;
            QCOMPARE(windowsOf(audio), isActive ? Windows{0} : Windows());
        }
    }

    void doesNotDependOnBlockSize() {
        const AudioBuffer audio =
            active(40, {1, 2, 3, 6, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 30, 31, 32, 35});
        const Windows expected = windowsOf(audio, audio.frames());
        QVERIFY(!expected.empty());
        for (const std::int64_t block : {1, 99, 100, 101, 1000})
            QCOMPARE(windowsOf(audio, block), expected);
    }

    void windowLengthIsMultipleOfTen() {
        QCOMPARE(activityWindowFrames(8, 44100), 352800);
        QCOMPARE(activityWindowFrames(0.1234, 8000), 980);
    }

    /// Reads resampled audio in blocks of 30 s, as training does.
    void findsActivityInDataSet() {
        test::TinyDataset data;
        data.add(
            "train/a",
            {.stems = {"drums", "vocals"}, .frames = 16000, .spec = {.sampleRate = 8000, .channels = 1}});
        AudioBuffer vocals = test::noise(1, 16000, 1);
        std::ranges::fill(vocals.channel(0).first(9000), 0.0F);
        writeAudio(data.file("train/a", "vocals"), vocals, {.sampleRate = 8000, .channels = 1});
        RunConfig config;
        config.audio.sampleRate = 8000;
        config.audio.channels = 1;
        config.data.activityWindow = 0.5;
        auto songs = openLibrary(test::dataConfig(data.root()), {8000, 1}).train;
        Outage outage;
        std::vector<std::string> notices;
        QVERIFY(findActivity(songs, config, outage, {}, notices));
        QCOMPARE(songs[0].find("drums")->activeWindows, (Windows{0, 2000, 4000, 6000, 8000, 10000, 12000}));
        QCOMPARE(songs[0].find("vocals")->activeWindows, (Windows{8000, 10000, 12000}));
        QCOMPARE(notices, std::vector<std::string>{"active windows of 0.5 s: drums 7 of 7, vocals 3 of 7"});

        config.data.activityWindow = 3; // longer than the song
        const std::string message = errorOf([&] { findActivity(songs, config, outage, {}, notices); });
        QVERIFY2(message.find("no song has an active window of 3 s for 'vocals'") != std::string::npos,
                 message.c_str());
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!findActivity(songs, config, outage, stop.get_token(), notices));
    }
};

HEADROOM_TEST_MAIN(TestActivity)
#include "tst_activity.moc"
