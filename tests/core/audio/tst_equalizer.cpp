// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/equalizer.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace headroom;

class TestEqualizer : public QObject {
    Q_OBJECT

    static constexpr int rate = 44100;

    /// An equalizer with one band that changes anything.
    static Equalizer only(std::size_t index, double hertz, double decibels) {
        Equalizer equalizer;
        equalizer.bands[index] = {hertz, decibels};
        return equalizer;
    }

    /// Gain in dB of a steady tone, after the filters have settled.
    static double gainAt(double hertz, const Equalizer& equalizer) {
        AudioBuffer tone(2, 2 * rate);
        for (int i = 0; i < 2 * rate; ++i) {
            tone.channel(0)[i] = 0;
            tone.channel(1)[i] = static_cast<float>(std::sin(2 * std::numbers::pi * hertz * i / rate) / 2);
        }
        AudioBuffer filtered = tone;
        equalizer.apply(filtered, rate);
        double before = 0;
        double after = 0;
        for (int i = rate; i < 2 * rate; ++i) {
            before += std::pow(tone.channel(1)[i], 2);
            after += std::pow(filtered.channel(1)[i], 2);
        }
        return 10 * std::log10(after / before);
    }

private Q_SLOTS:
    void peaksChangeTheirCenterOnly() {
        for (std::size_t band = 1; band <= 5; ++band) {
            for (const double decibels : {9.0, -9.0}) {
                const Equalizer equalizer = only(band, 1000, decibels);
                QVERIFY(std::abs(gainAt(1000, equalizer) - decibels) < 0.01);
                QVERIFY(std::abs(gainAt(30, equalizer)) < 0.05);
                QVERIFY(std::abs(gainAt(21000, equalizer)) < 0.05);
            }
        }
    }

    void shelvesHaveFullHalfAndNoGain() {
        for (const double decibels : {9.0, -9.0}) {
            const Equalizer low = only(0, 90, decibels);
            QVERIFY(std::abs(gainAt(10, low) - decibels) < 0.05);
            QVERIFY(std::abs(gainAt(90, low) - decibels / 2) < 0.01);
            QVERIFY(std::abs(gainAt(2000, low)) < 0.05);
            const Equalizer high = only(6, 5000, decibels);
            QVERIFY(std::abs(gainAt(21000, high) - decibels) < 0.05);
            QVERIFY(std::abs(gainAt(5000, high) - decibels / 2) < 0.01);
            QVERIFY(std::abs(gainAt(200, high)) < 0.05);
        }
    }

    void bandsAddUp() {
        Equalizer equalizer = only(2, 400, 6);
        equalizer.bands[4] = {2000, -3};
        const double sum = gainAt(700, only(2, 400, 6)) + gainAt(700, only(4, 2000, -3));
        QVERIFY(std::abs(gainAt(700, equalizer) - sum) < 0.01);
    }

    /// At low sample rates, the upper bands do not exist.
    void leavesOutBandsAboveHalfOfTheSampleRate() {
        AudioBuffer audio(1, 100);
        std::ranges::generate(audio.samples(), [i = 0]() mutable { return ++i % 7 / 10.0F; });
        const AudioBuffer before = audio;
        only(6, 4000, 9).apply(audio, 8000);
        QVERIFY(std::ranges::equal(audio.samples(), before.samples()));
        only(6, 3900, 9).apply(audio, 8000);
        QVERIFY(!std::ranges::equal(audio.samples(), before.samples()));
    }
};

HEADROOM_TEST_MAIN(TestEqualizer)
#include "tst_equalizer.moc"
