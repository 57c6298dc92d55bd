// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/loudness.h"
#include "tests/support/strict_main.h"

#include <cmath>
#include <numbers>
#include <vector>

using headroom::LoudnessMeter;

namespace {

std::vector<float> sine(double hertz, double decibels, double seconds, int sampleRate) {
    std::vector<float> samples;
    const double amplitude = std::pow(10, decibels / 20);
    for (int i = 0; i < seconds * sampleRate; ++i) {
        const double sample = amplitude * std::sin(2 * std::numbers::pi * hertz * i / sampleRate);
        samples.insert(samples.end(), 2, static_cast<float>(sample));
    }
    return samples;
}

} // namespace

class TestLoudness : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Cases 1 and 2: a stereo sine of 1000 Hz at -23 dBFS has -23 LUFS, and one at -33 dBFS has -33 LUFS.
    void matchesEbuTech3341() {
        for (const double level : {-23.0, -33.0}) {
            for (const int sampleRate : {44100, 48000}) {
                LoudnessMeter meter(sampleRate);
                meter.add(sine(1000, level, 20, sampleRate));
                QVERIFY(std::abs(*meter.integrated() - level) <= 0.1);
                QVERIFY(std::abs(20 * std::log10(meter.samplePeak()) - level) < 0.01);
            }
        }
    }

    /// Case 3: the relative gate drops parts more than 10 LU below the loudness.
    void gatesQuietParts() {
        LoudnessMeter meter(44100);
        meter.add(sine(1000, -36, 10, 44100));
        meter.add(sine(1000, -23, 60, 44100));
        meter.add(sine(1000, -36, 10, 44100));
        QVERIFY(std::abs(*meter.integrated() + 23) <= 0.1);
    }

    void silenceHasNoLoudness() {
        LoudnessMeter meter(44100);
        QVERIFY(!meter.integrated());
        meter.add(std::vector<float>(2 * 44100));
        QVERIFY(!meter.integrated());
        QCOMPARE(meter.samplePeak(), 0.0);
    }
};

HEADROOM_TEST_MAIN(TestLoudness)
#include "tst_loudness.moc"
