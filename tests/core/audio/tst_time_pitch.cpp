// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/time_pitch.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

using headroom::AudioBuffer;
using headroom::TimePitch;

namespace {

constexpr int rate = 44100;

/// A tone in two channels, of which the right one is half as loud.
AudioBuffer tone(double hertz, std::int64_t frames, int sampleRate = rate) {
    AudioBuffer audio(2, frames);
    for (std::int64_t i = 0; i < frames; ++i) {
        const double angle = 2 * std::numbers::pi * hertz * static_cast<double>(i) / sampleRate;
        audio.channel(0)[i] = static_cast<float>(0.5 * std::sin(angle));
        audio.channel(1)[i] = static_cast<float>(0.25 * std::sin(angle));
    }
    return audio;
}

/// The Fourier transform at one frequency, in a Hann window over `count` frames.
std::complex<double> transform(const AudioBuffer& audio, int channel, std::int64_t first, std::int64_t count,
                               double hertz, int sampleRate = rate) {
    std::complex<double> sum = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const double turn = 2 * std::numbers::pi * static_cast<double>(i);
        const double window = 0.5 - 0.5 * std::cos(turn / static_cast<double>(count));
        sum += window * audio.channel(channel)[first + i] * std::polar(1.0, -turn * hertz / sampleRate);
    }
    return sum;
}

/// The frequency at which the spectrum of the middle is highest, within 60 cents of the expected one.
double frequencyOf(const AudioBuffer& audio, double expected, int sampleRate = rate) {
    double best = 0;
    double highest = -1;
    for (int cents = -60; cents <= 60; ++cents) {
        const double hertz = expected * std::exp2(cents / 1200.0);
        const std::int64_t count = 8192;
        const double size =
            std::abs(transform(audio, 0, (audio.frames() - count) / 2, count, hertz, sampleRate));
        if (size > highest)
            std::tie(highest, best) = std::pair(size, hertz);
    }
    return best;
}

double cents(double found, double expected) {
    return 1200 * std::log2(found / expected);
}

double level(const AudioBuffer& audio, std::int64_t first, std::int64_t count) {
    double sum = 0;
    for (std::int64_t i = first; i < first + count; ++i)
        sum += std::pow(audio.channel(0)[i], 2);
    return std::sqrt(sum / static_cast<double>(count));
}

AudioBuffer changed(const TimePitch& change, double hertz, std::int64_t frames, int sampleRate = rate) {
    return change.apply(tone(hertz, change.inputFrames(frames, sampleRate), sampleRate), frames, sampleRate);
}

} // namespace

class TestTimePitch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void offChangesNothing() {
        const TimePitch off;
        QVERIFY(off.isOff());
        const AudioBuffer audio = headroom::test::noise(2, 1000, 1);
        QCOMPARE(off.inputFrames(1000, rate), std::int64_t{1000});
        QVERIFY(std::ranges::equal(off.apply(audio, 1000, rate).samples(), audio.samples()));
    }

    /// The frequency follows the pitch shift alone, and the length is exact.
    void shiftsTheFrequency_data() {
        QTest::addColumn<double>("semitones");
        QTest::addColumn<double>("tempo");
        QTest::addColumn<int>("sampleRate");
        for (const double semitones : {-12.0, -3.5, -0.25, 0.0, 7.0, 12.0})
            for (const double tempo : {0.5, 1.0, 1.25, 2.0})
                QTest::addRow("%g semitones, tempo %g", semitones, tempo) << semitones << tempo << rate;
        QTest::newRow("8 kHz") << 3.0 << 1.1 << 8000;
        QTest::newRow("96 kHz") << -3.0 << 0.9 << 96000;
    }
    void shiftsTheFrequency() {
        QFETCH(double, semitones);
        QFETCH(double, tempo);
        QFETCH(int, sampleRate);
        const TimePitch change{semitones, tempo};
        const std::int64_t frames = 10'000;
        const AudioBuffer audio = changed(change, 440, frames, sampleRate);
        QCOMPARE(audio.frames(), frames);
        QCOMPARE(audio.channels(), 2);
        const double expected = 440 * std::exp2(semitones / 12);
        const double error = cents(frequencyOf(audio, expected, sampleRate), expected);
        QVERIFY2(std::abs(error) <= 2, std::to_string(error).c_str());
    }

    /// Clicks every 0.5 s come at the tempo that was asked for.
    void movesClicks_data() {
        QTest::addColumn<double>("semitones");
        QTest::addColumn<double>("tempo");
        QTest::newRow("slower") << 0.0 << 0.8;
        QTest::newRow("faster") << 0.0 << 1.25;
        QTest::newRow("lower") << -3.0 << 1.0;
        QTest::newRow("higher and faster") << 4.0 << 1.5;
    }
    void movesClicks() {
        QFETCH(double, semitones);
        QFETCH(double, tempo);
        const TimePitch change{semitones, tempo};
        const std::int64_t frames = 4 * rate;
        AudioBuffer input(2, change.inputFrames(frames, rate));
        for (std::int64_t first = 0; first + 40 < input.frames(); first += rate / 2)
            for (int i = 0; i < 40; ++i)
                for (int c = 0; c < 2; ++c)
                    input.channel(c)[first + i] =
                        static_cast<float>(0.8 * std::exp(-i / 8.0) * (i % 2 * 2 - 1));
        const AudioBuffer audio = change.apply(std::move(input), frames, rate);
        const double lead = rate / 10.0; // of the output, which is dropped
        int clicks = 0;
        for (int k = 1;; ++k) {
            const auto expected = static_cast<std::int64_t>(0.5 * k * rate / tempo - lead);
            if (expected + 2000 > frames)
                break;
            const auto around = audio.channel(0).subspan(expected - 2000, 4000);
            const auto loudest =
                std::ranges::max_element(around, [](float a, float b) { return std::abs(a) < std::abs(b); });
            const auto off = loudest - around.begin() - 2000;
            QVERIFY2(std::abs(off) < 100, qPrintable(QString::number(off))); // 2.3 ms
            QVERIFY(std::abs(*loudest) > 0.2F);
            ++clicks;
        }
        QVERIFY(clicks >= 5);
    }

    /// Level and phase of the right channel relative to the left one stay, of each note of a chord.
    void keepsTheStereoImage_data() {
        QTest::addColumn<double>("semitones");
        QTest::addColumn<double>("tempo");
        QTest::newRow("higher") << 3.5 << 1.0;
        QTest::newRow("lower") << -5.0 << 1.0;
        QTest::newRow("slower") << 0.0 << 0.8;
        QTest::newRow("faster") << 0.0 << 1.25;
        QTest::newRow("both") << 4.0 << 1.25;
    }
    void keepsTheStereoImage() {
        QFETCH(double, semitones);
        QFETCH(double, tempo);
        const TimePitch change{semitones, tempo};
        constexpr std::array notes = {220.0, 277.2, 329.6, 1318.0};
        const std::int64_t frames = 2 * rate;
        AudioBuffer input(2, change.inputFrames(frames, rate));
        for (std::int64_t i = 0; i < input.frames(); ++i) {
            for (std::size_t note = 0; note < notes.size(); ++note) {
                const double angle = 2 * std::numbers::pi * notes[note] * static_cast<double>(i) / rate;
                const auto number = static_cast<double>(note);
                input.channel(0)[i] += static_cast<float>(0.2 * std::sin(angle));
                input.channel(1)[i] +=
                    static_cast<float>(0.1 * (number + 0.5) * std::sin(angle - number / 2));
            }
        }
        const AudioBuffer audio = change.apply(std::move(input), frames, rate);
        for (std::size_t note = 0; note < notes.size(); ++note) {
            const auto number = static_cast<double>(note);
            const double hertz = notes[note] * std::exp2(semitones / 12);
            const std::complex<double> image =
                transform(audio, 1, 20'000, 32768, hertz) / transform(audio, 0, 20'000, 32768, hertz);
            QVERIFY(std::abs(std::abs(image) / ((number + 0.5) / 2) - 1) < 0.1);
            QVERIFY2(std::abs(std::arg(image) + number / 2) < 0.06, std::to_string(std::arg(image)).c_str());
        }
    }

    /// The library fades in and out; what it fades is not in the output.
    void endsAreAsLoudAsTheMiddle() {
        for (const TimePitch& change :
             {TimePitch{5, 1}, TimePitch{-7, 1}, TimePitch{0, 0.7}, TimePitch{0, 1.4}}) {
            const std::int64_t frames = 30'000;
            const AudioBuffer audio = changed(change, 441, frames);
            const double middle = level(audio, 10'000, 10'000);
            QVERIFY(std::abs(middle - 0.5 / std::numbers::sqrt2) < 0.02);
            for (const std::int64_t first : {std::int64_t{0}, frames - 1000}) {
                const double ratio = level(audio, first, 1000) / middle;
                QVERIFY2(std::abs(ratio - 1) < 0.08, std::to_string(ratio).c_str());
            }
        }
    }

    void silenceStaysSilence() {
        const TimePitch change{4, 1.2};
        const AudioBuffer silence(2, change.inputFrames(9000, rate));
        QCOMPARE(change.apply(silence, 9000, rate).peak(), 0.0F);
        // Also in one channel only.
        AudioBuffer half = tone(440, change.inputFrames(9000, rate));
        std::ranges::fill(half.channel(1), 0.0F);
        const AudioBuffer audio = change.apply(std::move(half), 9000, rate);
        QVERIFY(std::ranges::all_of(audio.channel(1), [](float sample) { return std::abs(sample) < 1e-6F; }));
        QVERIFY(audio.peak() > 0.4F);
    }

    void shortAudioKeepsItsLength() {
        const TimePitch change{-2, 0.9};
        for (const std::int64_t frames : {1, 100, 5000})
            QCOMPARE(changed(change, 440, frames).frames(), frames);
    }

    /// Loader threads work at the same time.
    void threadsDoNotDisturbEachOther() {
        const TimePitch change{2.5, 1.1};
        const AudioBuffer input = headroom::test::noise(2, change.inputFrames(20'000, rate), 7);
        const AudioBuffer expected = change.apply(input, 20'000, rate);
        std::vector<AudioBuffer> found(4);
        {
            std::vector<std::jthread> threads;
            for (AudioBuffer& result : found)
                threads.emplace_back([&] { result = change.apply(input, 20'000, rate); });
        }
        for (const AudioBuffer& result : found)
            QVERIFY(std::ranges::equal(result.samples(), expected.samples()));
    }
};

HEADROOM_TEST_MAIN(TestTimePitch)
#include "tst_time_pitch.moc"
