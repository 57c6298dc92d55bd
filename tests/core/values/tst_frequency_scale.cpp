// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/frequency_scale.h"
#include "tests/support/strict_main.h"

#include <cmath>

using namespace headroom;

class TestFrequencyScale : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTrips() {
        for (const auto scale : {FrequencyScale::Linear, FrequencyScale::Log, FrequencyScale::Mel}) {
            double before = -1;
            for (int i = 0; i <= 20; ++i) {
                const double frequency = frequencyAt(scale, i / 20.0, 44100);
                QVERIFY(frequency > before);
                QVERIFY(std::abs(heightOf(scale, frequency, 44100) - i / 20.0) < 1e-9);
                before = frequency;
            }
            QVERIFY(std::abs(before - 22050) < 1e-6);
        }
    }

    void scalesAreLinearInTheirUnit() {
        QCOMPARE(frequencyAt(FrequencyScale::Linear, 0.5, 44100), 11025.0);
        const auto log = [](double hertz) { return heightOf(FrequencyScale::Log, hertz, 44100); };
        QVERIFY(std::abs((log(200) - log(100)) - (log(8000) - log(4000))) < 1e-12);
        QCOMPARE(log(30), 0.0);
        // 1000 Hz is 1000 mel.
        const double top = 2595 * std::log10(1 + 22050 / 700.0);
        QVERIFY(std::abs(heightOf(FrequencyScale::Mel, 1000, 44100) * top - 1000) < 0.1);
    }
};

HEADROOM_TEST_MAIN(TestFrequencyScale)
#include "tst_frequency_scale.moc"
