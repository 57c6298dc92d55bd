// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/spectrogram.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <cmath>
#include <numbers>

using namespace headroom;

namespace {

constexpr int sampleRate = 44100;
constexpr int rows = 128;

/// [2, frames], equal in both channels.
at::Tensor sine(double hertz, std::int64_t frames) {
    const at::Tensor time = at::arange(frames, at::kDouble) / sampleRate;
    return (time * (2 * std::numbers::pi * hertz)).sin().to(at::kFloat).expand({2, frames});
}

at::Tensor powerOf(FrequencyScale scale, const at::Tensor& samples, std::int64_t hop) {
    const std::int64_t columns = (samples.size(1) - Spectrogram::windowFrames) / hop;
    return Spectrogram(scale, rows, sampleRate).power(samples, columns, hop);
}

double decibels(double power) {
    return 10 * std::log10(power);
}

} // namespace

class TestSpectrogram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sineAppearsAtItsFrequency() {
        for (const auto scale : {FrequencyScale::Linear, FrequencyScale::Log, FrequencyScale::Mel}) {
            for (const double hertz : {220.0, 1000.0, 9000.0}) {
                const at::Tensor power = powerOf(scale, sine(hertz, 20480), 512);
                const auto row = power.select(1, 10).argmax().item<std::int64_t>();
                const double expected = (1 - heightOf(scale, hertz, sampleRate)) * rows - 0.5;
                const double bin = sampleRate / static_cast<double>(Spectrogram::windowFrames);
                const double width =
                    rows * (heightOf(scale, hertz + bin, sampleRate) - heightOf(scale, hertz, sampleRate));
                QVERIFY(std::abs(static_cast<double>(row) - expected) <= 1 + width);
            }
        }
    }

    void fullScaleSineHasZeroDecibels() {
        // Exactly on a bin. Rows are narrower than bins there, so interpolation may lose up to 2 dB.
        const double hertz = 40.0 * sampleRate / Spectrogram::windowFrames;
        const at::Tensor power = powerOf(FrequencyScale::Log, sine(hertz, 20480), 512);
        const double level = decibels(power.max().item<double>());
        QVERIFY(level > -2.1 && level < 0.1);
        const at::Tensor quieter = powerOf(FrequencyScale::Log, sine(hertz, 20480) * 0.1, 512);
        QVERIFY(std::abs(decibels((quieter.max() / power.max()).item<double>()) + 20) < 0.01);
    }

    void columnsShowTheirTime() {
        for (const std::int64_t hop : {64, 512, 4096, 40000}) {
            const std::int64_t columns = 8;
            at::Tensor samples = at::zeros({2, Spectrogram::windowFrames + columns * hop});
            // A sine in column 3 only.
            const std::int64_t begin = Spectrogram::windowFrames / 2 + 3 * hop;
            samples.narrow(1, begin, hop).copy_(sine(1000, hop));
            const at::Tensor loudest = powerOf(FrequencyScale::Mel, samples, hop).sum(0);
            QCOMPARE(loudest.argmax().item<std::int64_t>(), std::int64_t{3});
        }
    }

    void channelsDoNotCancel() {
        at::Tensor samples = sine(1000, 20480).clone();
        samples[1] = -samples[1];
        QVERIFY(powerOf(FrequencyScale::Mel, samples, 512).max().item<double>() > 0.05);
    }
};

HEADROOM_TEST_MAIN(TestSpectrogram)
#include "tst_spectrogram.moc"
