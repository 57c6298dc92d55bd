// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/varispeed.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using headroom::AudioBuffer;
using headroom::Varispeed;

namespace {

constexpr double rate = 44100;

AudioBuffer tone(double hertz, std::int64_t frames) {
    AudioBuffer audio(1, frames);
    for (std::int64_t i = 0; i < frames; ++i)
        audio.samples()[i] =
            static_cast<float>(std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    return audio;
}

} // namespace

class TestVarispeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void zeroSemitonesChangesNothing() {
        const Varispeed speed(0);
        const AudioBuffer audio = headroom::test::noise(2, 1000, 1);
        QCOMPARE(speed.inputFrames(1000), 1000);
        QVERIFY(std::ranges::equal(speed.play(audio, 1000).samples(), audio.samples()));
    }

    void shiftsPitchAndSpeed_data() {
        QTest::addColumn<double>("semitones");
        for (const double semitones : {-12.0, -3.7, -0.01, 0.5, 4.0, 12.0})
            QTest::addRow("%g", semitones) << semitones;
    }
    void shiftsPitchAndSpeed() {
        QFETCH(double, semitones);
        constexpr std::int64_t frames = 20000;
        const Varispeed speed(semitones);
        const double factor = std::exp2(semitones / 12);
        const std::int64_t needed = speed.inputFrames(frames);
        QVERIFY(std::abs(static_cast<double>(needed) - frames * factor) < 2);
        const AudioBuffer out = speed.play(tone(700, needed), frames);
        QCOMPARE(out.frames(), frames);
        const AudioBuffer expected = tone(700 * factor, frames);
        // Except near the ends, where the filter has incomplete input.
        float worst = 0;
        for (std::int64_t i = 1000; i < frames - 1000; ++i)
            worst = std::max(worst, std::abs(out.samples()[i] - expected.samples()[i]));
        QVERIFY2(worst < 0.06F, QByteArray::number(worst)); // a tenth of a cent adds up to 0.05 radians
    }

    void yieldsTheRequestedLength() {
        for (const std::int64_t frames : {1, 2, 77, 4410}) {
            const Varispeed speed(3.3);
            const AudioBuffer audio = headroom::test::noise(2, speed.inputFrames(frames), 2);
            QCOMPARE(speed.play(audio, frames).frames(), frames);
        }
    }
};

HEADROOM_TEST_MAIN(TestVarispeed)
#include "tst_varispeed.moc"
