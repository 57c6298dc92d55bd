// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/sdr.h"
#include "core/metrics/windows.h"
#include "core/support/error.h"
#include "tests/core/metrics/bss_case.h"
#include "tests/support/golden_case_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <cmath>
#include <limits>

using namespace headroom;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool same(double actual, double expected, double tolerance = 1e-9) {
    if (std::isnan(expected) || std::isinf(expected))
        return std::isnan(expected) ? std::isnan(actual) : actual == expected;
    return std::abs(actual - expected) <= tolerance;
}

double orNan(const std::optional<double>& value) {
    return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

AudioBuffer scaled(AudioBuffer audio, float gain) {
    for (float& sample : audio.samples())
        sample *= gain;
    return audio;
}

AudioBuffer first(const AudioBuffer& audio, std::int64_t frames) {
    AudioBuffer part(audio.channels(), frames);
    for (int c = 0; c < audio.channels(); ++c)
        std::copy_n(audio.channel(c).begin(), std::min(frames, audio.frames()), part.channel(c).begin());
    return part;
}

} // namespace

class TestSdr : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesMuseval_data() {
        QTest::addColumn<QString>("path");
        for (const auto& path : test::goldenCaseFiles("bsseval_v4"))
            QTest::newRow(path.stem().c_str()) << QString::fromStdString(path.string());
    }
    void matchesMuseval() {
        QFETCH(QString, path);
        const test::BssCase golden = test::loadBssCase(path.toStdString());
        for (std::size_t stem = 0; stem < golden.truths.size(); ++stem) {
            const AudioBuffer& truth = golden.truths[stem];
            const AudioBuffer& estimate = golden.estimates[stem];
            QVERIFY(same(uSdr(truth, estimate), golden.stored["uSDR"][stem]));
            QVERIFY(same(orNan(siSdr(truth, estimate)), test::storedScore(golden.stored["SI_SDR"][stem])));

            const auto windows = windowSdr(truth, estimate, golden.window(), golden.hop());
            const nlohmann::json& alone = golden.stored["single"][stem];
            if (alone.contains("error")) {
                QVERIFY(!medianOfDefined(windows));
                continue;
            }
            QCOMPARE(windows.size(), alone["SDR"].size());
            for (std::size_t t = 0; t < windows.size(); ++t)
                QVERIFY(same(windows[t], test::storedScore(alone["SDR"][t])));
            QVERIFY(same(orNan(medianOfDefined(windows)), test::storedScore(alone["cSDR"])));
        }
    }

    void knownRatios() {
        const AudioBuffer audio = test::noise(2, 3000, 1);
        QVERIFY(same(*cSdr(audio, scaled(audio, 0.5F), 1000), 20 * std::log10(2.0)));
        QVERIFY(same(uSdr(audio, scaled(audio, 2.0F)), 0.0));
        QVERIFY(same(*siSdr(audio, scaled(audio, 0.5F)), infinity)); // a power of two: exact
        QVERIFY(same(*cSdr(audio, audio, 1000), infinity));
        QVERIFY(uSdr(audio, audio) > 80 && std::isfinite(uSdr(audio, audio)));
    }
    void siSdrIgnoresGain() {
        const AudioBuffer audio = test::noise(2, 3000, 1);
        const AudioBuffer estimate = test::noise(2, 3000, 2);
        QVERIFY(same(*siSdr(audio, scaled(estimate, 0.125F)), *siSdr(audio, estimate)));
    }
    void padsOrTruncatesEstimates() {
        const AudioBuffer truth = test::noise(2, 5000, 1);
        const AudioBuffer estimate = test::noise(2, 7000, 2);
        for (std::int64_t frames : {0, 1, 1700, 5000, 7000}) {
            const AudioBuffer other = first(estimate, frames);
            const AudioBuffer fitted = first(other, 5000);
            QVERIFY(same(orNan(cSdr(truth, other, 1000)), orNan(cSdr(truth, fitted, 1000))));
            QVERIFY(same(uSdr(truth, other), uSdr(truth, fitted)));
            QVERIFY(same(orNan(siSdr(truth, other)), orNan(siSdr(truth, fitted))));
        }
    }
    void dropsSilentWindows() {
        AudioBuffer truth = test::noise(2, 4000, 1);
        AudioBuffer estimate = scaled(truth, 0.5F);
        for (int c = 0; c < 2; ++c)
            std::fill_n(truth.channel(c).begin(), 1000, 0.0F);
        for (std::int64_t i = 1000; i < 2000; ++i)
            estimate.channel(1)[i] = -estimate.channel(0)[i]; // the channels cancel
        const auto windows = windowSdr(truth, estimate, 1000, 1000);
        QVERIFY(std::isnan(windows[0]) && std::isnan(windows[1]));
        QVERIFY(same(windows[2], 20 * std::log10(2.0)));
        QVERIFY(same(*cSdr(truth, estimate, 1000), 20 * std::log10(2.0)));
    }
    void silenceHasNoScore() {
        const AudioBuffer audio = test::noise(1, 2500, 1);
        const AudioBuffer nothing(1, 2500);
        QVERIFY(!cSdr(audio, nothing, 1000) && !siSdr(audio, nothing) && !siSdr(nothing, audio));
        QVERIFY(same(uSdr(nothing, nothing), 0.0));
        QVERIFY(!cSdr(AudioBuffer(1, 0), AudioBuffer(1, 0), 1000));
    }
    void windowsCoverTheSong() {
        const ScoreWindows overlapping(8000, 2000, 1500);
        QCOMPARE(overlapping.count(), 5);
        QCOMPARE(overlapping.begin(4), 6000);
        QCOMPARE(overlapping.end(4), 8000);
        QCOMPARE(ScoreWindows(9000, 2000, 2000).count(), 4);
        QCOMPARE(ScoreWindows(1999, 2000, 2000).end(0), 1999);
        QCOMPARE(ScoreWindows(2000, 2000, 2000).count(), 1);
    }
    void mediansIgnoreUndefinedValues() {
        QCOMPARE(*medianOfDefined({3, 1, NAN, 2, 10}), 2.5);
        QVERIFY(!medianOfDefined({NAN}));
    }
    void rejectsOtherChannels() {
        QVERIFY_THROWS_EXCEPTION(Error, uSdr(AudioBuffer(2, 10), AudioBuffer(1, 10)));
    }
};

HEADROOM_TEST_MAIN(TestSdr)
#include "tst_sdr.moc"
