// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/high_shelf.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

using namespace headroom;

class TestHighShelf : public QObject {
    Q_OBJECT

    static constexpr int rate = 44100;

    /// Gain in dB of a steady tone, after the filter has settled.
    static double gainAt(double hertz, const HighShelf& shelf) {
        AudioBuffer tone(2, rate);
        for (int channel = 0; channel < 2; ++channel)
            for (int i = 0; i < rate; ++i)
                tone.channel(channel)[i] =
                    static_cast<float>(std::sin(2 * std::numbers::pi * hertz * i / rate) / (1 + channel));
        AudioBuffer shelved = tone;
        shelf.apply(shelved, rate);
        double before = 0;
        double after = 0;
        for (int i = rate / 2; i < rate; ++i) {
            before += std::pow(tone.channel(1)[i], 2);
            after += std::pow(shelved.channel(1)[i], 2);
        }
        return 10 * std::log10(after / before);
    }

private Q_SLOTS:
    void hasFullHalfAndNoGainAboveAtAndBelowTheCorner_data() {
        QTest::addColumn<double>("decibels");
        QTest::newRow("boost") << 12.0;
        QTest::newRow("cut") << -12.0;
        QTest::newRow("small boost") << 1.0;
    }
    void hasFullHalfAndNoGainAboveAtAndBelowTheCorner() {
        QFETCH(double, decibels);
        const HighShelf shelf{decibels, 1000};
        QVERIFY(std::abs(gainAt(18000, shelf) - decibels) < 0.2);
        QVERIFY(std::abs(gainAt(1000, shelf) - decibels / 2) < 0.05);
        QVERIFY(std::abs(gainAt(20, shelf)) < 0.2);
    }

    void zeroDecibelsChangesNothing() {
        AudioBuffer audio(1, 3);
        std::ranges::copy(std::array{0.1F, -0.2F, 0.3F}, audio.samples().begin());
        const AudioBuffer before = audio;
        HighShelf{0, 500}.apply(audio, rate);
        QVERIFY(std::ranges::equal(audio.samples(), before.samples()));
    }
};

HEADROOM_TEST_MAIN(TestHighShelf)
#include "tst_high_shelf.moc"
