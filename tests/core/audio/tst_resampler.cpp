// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/resampler.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <cmath>
#include <numeric>
#include <random>

using headroom::AudioBuffer;
using headroom::Resampler;
namespace test = headroom::test;

namespace {

AudioBuffer part(const AudioBuffer& audio, std::int64_t first, std::int64_t frames) {
    AudioBuffer result(audio.channels(), frames);
    for (int c = 0; c < audio.channels(); ++c)
        std::ranges::copy(audio.channel(c).subspan(first, frames), result.channel(c).begin());
    return result;
}

/// Resamples in random blocks of at most `maximum` frames.
std::vector<std::vector<float>> resampled(const AudioBuffer& audio, int from, int to, std::int64_t maximum) {
    std::mt19937 generator(7);
    Resampler resampler(from, to, audio.channels());
    std::vector<std::vector<float>> result(audio.channels());
    const auto append = [&](const AudioBuffer& block) {
        for (int c = 0; c < block.channels(); ++c)
            result[c].insert(result[c].end(), block.channel(c).begin(), block.channel(c).end());
    };
    for (std::int64_t done = 0; done < audio.frames();) {
        const std::int64_t block = std::min<std::int64_t>(generator() % (maximum + 1), audio.frames() - done);
        append(resampler.process(part(audio, done, block)));
        done += block;
    }
    append(resampler.finish());
    return result;
}

} // namespace

class TestResampler : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rates_data() {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        const std::pair<int, int> pairs[] = {{44100, 44100}, {48000, 44100}, {44100, 48000}, {22050, 44100},
                                             {96000, 44100}, {44100, 8000},  {8000, 44100},  {44101, 44100}};
        for (const auto& [from, to] : pairs)
            QTest::addRow("%d to %d", from, to) << from << to;
    }

    void roundsLengthUp_data() { rates_data(); }
    void roundsLengthUp() {
        QFETCH(int, from);
        QFETCH(int, to);
        for (std::int64_t frames : {1, 2, 3, 100, 1023, 44100, 50001}) {
            const auto out = resampled(test::noise(1, frames, 1), from, to, 3000)[0];
            const double exact = static_cast<double>(frames) * to / from;
            const auto length = static_cast<std::int64_t>(out.size());
            QVERIFY(static_cast<double>(length) >= exact && static_cast<double>(length) < exact + 1);
            QVERIFY(Resampler::outputFrames(length, to, from) >= frames);
        }
    }

    void resultDoesNotDependOnBlockSize_data() { rates_data(); }
    void resultDoesNotDependOnBlockSize() {
        QFETCH(int, from);
        QFETCH(int, to);
        const AudioBuffer audio = test::noise(2, 40000, 4);
        const auto whole = resampled(audio, from, to, 1 << 20);
        QVERIFY(resampled(audio, from, to, 10) == whole);
        QVERIFY(resampled(audio, from, to, 5000) == whole);
    }

    void keepsTheTimingOfASine_data() { rates_data(); }
    void keepsTheTimingOfASine() {
        QFETCH(int, from);
        QFETCH(int, to);
        const auto out = resampled(test::sine(2, from, 1000, from), from, to, 7000);
        const AudioBuffer expected = test::sine(2, to, 1000, to);
        // Except near the ends, where the sine starts abruptly.
        for (int c = 0; c < 2; ++c) {
            for (int i = to / 10; i < to - to / 10; ++i)
                QVERIFY(std::abs(out[c][i] - expected.channel(c)[i]) < 2e-6);
        }
    }

    void removesFrequenciesAboveNyquist() {
        const auto out = resampled(test::sine(1, 44100, 15000, 44100), 44100, 22050, 7000)[0];
        for (std::size_t i = 2000; i < out.size() - 2000; ++i)
            QVERIFY(std::abs(out[i]) < 1e-6);
    }
};

HEADROOM_TEST_MAIN(TestResampler)
#include "tst_resampler.moc"
