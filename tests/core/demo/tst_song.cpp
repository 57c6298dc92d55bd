// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/math.h"
#include "core/demo/random.h"
#include "core/demo/song.h"
#include "tests/support/strict_main.h"

#include <QObject>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

using namespace headroom;
using namespace headroom::demo;

namespace {

constexpr int sampleRate = 44100;

std::array<const AudioBuffer*, 4> stemsOf(const DemoSong& song) {
    return {&song.vocals, &song.drums, &song.bass, &song.other};
}

constexpr std::int64_t seconds = 16;

/// A song that the tests share.
const DemoSong& songOf(int seed) {
    static std::map<int, DemoSong> songs;
    auto found = songs.find(seed);
    if (found == songs.end())
        found = songs.emplace(seed, renderDemoSong(static_cast<std::uint64_t>(seed), seconds)).first;
    return found->second;
}

bool equal(const AudioBuffer& a, const AudioBuffer& b) {
    return std::ranges::equal(a.samples(), b.samples());
}

/// FNV-1a over the 16-bit samples.
std::uint64_t fingerprint(const AudioBuffer& audio) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const float sample : audio.samples()) {
        const auto step = static_cast<std::uint16_t>(static_cast<std::int16_t>(sample * 32768));
        for (const unsigned byte : {step & 0xffU, static_cast<unsigned>(step >> 8U)})
            hash = (hash ^ byte) * 0x100000001b3U;
    }
    return hash;
}

/// Fraction of the energy above `hertz`, by a one-pole high pass.
double shareAbove(const AudioBuffer& audio, double hertz) {
    const double pole = std::exp(-2 * std::numbers::pi * hertz / sampleRate);
    double low = 0, above = 0, total = 0;
    for (const float sample : audio.channel(0)) {
        low = (1 - pole) * sample + pole * low;
        above += (sample - low) * (sample - low);
        total += static_cast<double>(sample) * sample;
    }
    return above / total;
}

/// Longest run of frames in which every channel is exactly zero, in seconds.
double longestSilence(const AudioBuffer& audio) {
    std::int64_t run = 0, longest = 0;
    for (std::int64_t i = 0; i < audio.frames(); ++i) {
        run = audio.channel(0)[i] == 0 && audio.channel(1)[i] == 0 ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return static_cast<double>(longest) / sampleRate;
}

} // namespace

class TestDemoSong : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matchesStandardMath();
    void songIsReproducible();
    void seedsGiveDifferentSongs();
    void mixtureIsSumOfStems_data();
    void mixtureIsSumOfStems();
    void voiceHasRests_data() { mixtureIsSumOfStems_data(); }
    void voiceHasRests();
    void voiceLevelIsBalanced_data() { mixtureIsSumOfStems_data(); }
    void voiceLevelIsBalanced();
    void stemsHaveTypicalSpectra_data() { mixtureIsSumOfStems_data(); }
    void stemsHaveTypicalSpectra();
    void stemsAreStereo();
    void shortSongsHaveVocals();
};

void TestDemoSong::matchesStandardMath() {
    for (double x = -40; x < 40; x += 0.0137) {
        QVERIFY(std::abs(sineOfCycles(x) - std::sin(2 * std::numbers::pi * x)) < 2e-9);
        QVERIFY(std::abs(cosineOfCycles(x) - std::cos(2 * std::numbers::pi * x)) < 2e-9);
        QVERIFY(std::abs(powerOfTwo(x) / std::exp2(x) - 1) < 2e-9);
        QVERIFY(std::abs(exponential(x) / std::exp(x) - 1) < 2e-9);
    }
    QVERIFY(std::abs(pitchToHertz(69) - 440) < 1e-6);
    QVERIFY(std::abs(decibelsToGain(-20) - 0.1) < 1e-9);
    // The first published outputs of SplitMix64 for seed 1234567.
    Random random(1234567);
    QCOMPARE(random.next(), std::uint64_t{6457827717110365317U});
    QCOMPARE(random.next(), std::uint64_t{3203168211198807973U});
}

void TestDemoSong::songIsReproducible() {
    const DemoSong song = renderDemoSong(7, 5);
    const DemoSong again = renderDemoSong(7, 5);
    for (int i = 0; i < 4; ++i)
        QVERIFY(equal(*stemsOf(song)[i], *stemsOf(again)[i]));
    // Golden value; update it after an intended change of the synthesizer.
    QCOMPARE(fingerprint(song.mixture), std::uint64_t{3098976070172554370U});
}

void TestDemoSong::seedsGiveDifferentSongs() {
    const DemoSong one = renderDemoSong(1, 4);
    const DemoSong two = renderDemoSong(2, 4);
    for (int i = 0; i < 4; ++i)
        QVERIFY(!equal(*stemsOf(one)[i], *stemsOf(two)[i]));
}

void TestDemoSong::mixtureIsSumOfStems_data() {
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 4; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void TestDemoSong::mixtureIsSumOfStems() {
    QFETCH(int, seed);
    const DemoSong& song = songOf(seed);
    QCOMPARE(song.mixture.frames(), seconds * sampleRate);
    std::int64_t faults = 0;
    for (std::size_t i = 0; i < song.mixture.samples().size(); ++i) {
        int steps = 0;
        for (const AudioBuffer* stem : stemsOf(song)) {
            const float step = stem->samples()[i] * 32768;
            faults += step == std::floor(step) && std::abs(step) < 32767 ? 0 : 1;
            steps += static_cast<int>(step);
        }
        const bool exact = song.mixture.samples()[i] * 32768 == static_cast<float>(steps);
        faults += exact && std::abs(steps) < 32767 ? 0 : 1;
    }
    QCOMPARE(faults, std::int64_t{0});
    QVERIFY(song.mixture.peak() > 0.2F);
}

void TestDemoSong::voiceHasRests() {
    QFETCH(int, seed);
    const DemoSong& song = songOf(seed);
    QVERIFY2(longestSilence(song.vocals) > 1, "a rest of a second or more");
    const auto voice = song.vocals.channel(0);
    const auto sounding = std::ranges::count_if(voice, [](float sample) { return sample != 0; });
    QVERIFY(static_cast<double>(sounding) / static_cast<double>(voice.size()) > 0.3);
    QVERIFY(longestSilence(song.mixture) < 0.5);
}

void TestDemoSong::voiceLevelIsBalanced() {
    QFETCH(int, seed);
    const DemoSong& song = songOf(seed);
    // SDR of the mixture as an estimate of the voice, per second; median over the seconds with singing.
    std::vector<double> scores;
    for (std::int64_t second = 0; second < seconds; ++second) {
        double voice = 0, rest = 0;
        for (std::int64_t i = second * sampleRate; i < (second + 1) * sampleRate; ++i) {
            const double v = song.vocals.channel(0)[i];
            const double m = song.mixture.channel(0)[i];
            voice += v * v;
            rest += (m - v) * (m - v);
        }
        if (voice > 1e-6)
            scores.push_back(10 * std::log10(voice / rest));
    }
    std::ranges::nth_element(scores, scores.begin() + scores.size() / 2);
    const double median = scores[scores.size() / 2];
    QVERIFY2(median > -7 && median < -1.5, qPrintable(QString::number(median)));
}

void TestDemoSong::stemsHaveTypicalSpectra() {
    QFETCH(int, seed);
    const DemoSong& song = songOf(seed);
    QVERIFY2(shareAbove(song.bass, 1000) < 0.1, qPrintable(QString::number(shareAbove(song.bass, 1000))));
    QVERIFY2(shareAbove(song.vocals, 300) > 0.5, qPrintable(QString::number(shareAbove(song.vocals, 300))));
    QVERIFY2(shareAbove(song.drums, 5000) > 0.02, qPrintable(QString::number(shareAbove(song.drums, 5000))));
    QVERIFY2(shareAbove(song.vocals, 150) > 0.8, qPrintable(QString::number(shareAbove(song.vocals, 150))));
}

void TestDemoSong::stemsAreStereo() {
    const DemoSong& song = songOf(3);
    for (const AudioBuffer* stem : stemsOf(song)) {
        QCOMPARE(stem->channels(), 2);
        QVERIFY(!std::ranges::equal(stem->channel(0), stem->channel(1)));
    }
}

void TestDemoSong::shortSongsHaveVocals() {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        const DemoSong song = renderDemoSong(seed, 4);
        QVERIFY(song.vocals.peak() > 0.05F);
        QVERIFY(longestSilence(song.vocals) > 0.4);
    }
}

HEADROOM_TEST_MAIN(TestDemoSong)
#include "tst_song.moc"
