// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/metric_keys.h"
#include "core/metrics/frame_magnitudes.h"
#include "core/metrics/hearing_filter.h"
#include "core/metrics/log_wmse.h"
#include "core/metrics/spectral_scores.h"
#include "core/metrics/stem_score.h"
#include "core/support/error.h"
#include "core/values/metric.h"
#include "tests/core/metrics/bss_case.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <ATen/ATen.h>

#include <cmath>
#include <fstream>
#include <numbers>
#include <string>

using namespace headroom;

namespace {

const std::string scoresFolder = HEADROOM_TEST_DATA "/scores/";

nlohmann::json storedCases() {
    std::ifstream file(scoresFolder + "scores.json");
    return nlohmann::json::parse(file);
}

bool within(const std::optional<double>& actual, const nlohmann::json& expected, double tolerance) {
    if (expected.is_null())
        return !actual;
    const bool isNear = actual && std::abs(*actual - expected.get<double>()) <= tolerance;
    if (!isNear)
        qWarning("%.9g instead of %.9g", actual.value_or(NAN), expected.get<double>());
    return isNear;
}

/// Up to the order of sums.
bool areEqual(const std::optional<double>& a, const std::optional<double>& b) {
    return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) < 1e-9);
}

AudioBuffer first(const AudioBuffer& audio, std::int64_t frames) {
    AudioBuffer part(audio.channels(), frames);
    for (int c = 0; c < audio.channels(); ++c)
        std::copy_n(audio.channel(c).begin(), std::min(frames, audio.frames()), part.channel(c).begin());
    return part;
}

std::vector<Metric> everyMetric() {
    return metricsNamed(metricKeys(), "test");
}

} // namespace

class TestStemScore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesReferences_data() {
        QTest::addColumn<QString>("name");
        const nlohmann::json cases = storedCases();
        for (const auto& [name, stored] : cases.items())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    /// The references compute in float32.
    void matchesReferences() {
        QFETCH(QString, name);
        const nlohmann::json stored = storedCases().at(name.toStdString());
        const auto audio = [&](const char* key) {
            return test::readWhole(scoresFolder + stored.at(key).get<std::string>());
        };
        const int rate = stored.at("sample_rate");
        const StemScore score =
            scoreStem(audio("truth"), audio("estimate"), audio("mixture"), rate, everyMetric());
        QVERIFY(within(score.bleedless, stored.at("bleedless"), 1e-3));
        QVERIFY(within(score.fullness, stored.at("fullness"), 1e-3));
        QVERIFY(within(score.l1Frequency, stored.at("l1_freq"), 1e-3));
        QVERIFY(within(score.logWmse, stored.at("log_wmse"), 1e-3));
        // The port of MSST knows no errors that are too small to hear, and filters beyond both ends.
        if (name != QStringLiteral("near"))
            QVERIFY(within(score.logWmse, stored.at("log_wmse_torch"), 5e-3));
    }

    void perfectEstimatesHaveTheHighestScores() {
        const AudioBuffer audio = test::noise(2, 20000, 1);
        const StemScore score = scoreStem(audio, audio, audio, 44100, everyMetric());
        QCOMPARE(*score.bleedless, 100.0);
        QCOMPARE(*score.fullness, 100.0);
        QCOMPARE(*score.l1Frequency, 100.0);
        QCOMPARE(*score.logWmse, -4 * std::log(1e-8));
    }
    /// A higher value is better: less of the others raises bleedless, more of the stem fullness.
    void directions() {
        const AudioBuffer truth = test::sine(2, 20000, 440);
        const AudioBuffer other = test::noise(2, 20000, 3, 0.1F);
        const auto scoreOf = [&](float own, float bleed) {
            AudioBuffer estimate(2, 20000);
            AudioBuffer mixture(2, 20000);
            for (std::size_t i = 0; i < estimate.samples().size(); ++i) {
                estimate.samples()[i] = own * truth.samples()[i] + bleed * other.samples()[i];
                mixture.samples()[i] = truth.samples()[i] + other.samples()[i];
            }
            return scoreStem(truth, estimate, mixture, 44100, everyMetric());
        };
        const StemScore clean = scoreOf(1, 0.01F);
        const StemScore leaky = scoreOf(1, 0.5F);
        const StemScore thin = scoreOf(0.3F, 0.01F);
        QVERIFY(*clean.bleedless > *leaky.bleedless + 1);
        QVERIFY(*clean.fullness > *thin.fullness + 1);
        for (const StemScore& worse : {leaky, thin}) {
            for (const MetricInfo& metric : allMetrics()) {
                if (metric.metric != Metric::Bleedless && metric.metric != Metric::Fullness &&
                    metric.metric != Metric::SiSdr) // which ignores gain
                    QVERIFY2(*(clean.*metric.score) > *(worse.*metric.score), metric.name);
            }
        }
    }
    void computesOnlyWhatIsAskedFor() {
        const AudioBuffer audio = test::noise(1, 5000, 1);
        for (const Metric wanted : everyMetric()) {
            const StemScore score = scoreStem(audio, audio, audio, 44100, {wanted});
            for (const MetricInfo& metric : allMetrics())
                QCOMPARE((score.*metric.score).has_value(), metric.metric == wanted);
        }
    }
    void padsOrTruncatesEstimates() {
        const AudioBuffer truth = test::noise(2, 9000, 1);
        const AudioBuffer estimate = test::noise(2, 12000, 2);
        for (std::int64_t frames : {0, 1, 5000, 12000}) {
            const AudioBuffer other = first(estimate, frames);
            const StemScore score = scoreStem(truth, other, other, 44100, everyMetric());
            const AudioBuffer fitted = first(other, 9000);
            const StemScore expected = scoreStem(truth, fitted, fitted, 44100, everyMetric());
            for (const MetricInfo& metric : allMetrics())
                QVERIFY2(areEqual(score.*metric.score, expected.*metric.score), metric.name);
        }
    }
    void undefinedWithoutSamples() {
        const AudioBuffer nothing(2, 0);
        QVERIFY(!logWmse(nothing, nothing, nothing, 44100) && !bleedAndFullness(nothing, nothing, 44100) &&
                !l1Frequency(nothing, nothing));
        QVERIFY_THROWS_EXCEPTION(Error, l1Frequency(nothing, AudioBuffer(1, 0)));
        QVERIFY_THROWS_EXCEPTION(Error, bleedAndFullness(nothing, AudioBuffer(1, 0), 44100));
        QVERIFY_THROWS_EXCEPTION(Error, logWmse(nothing, nothing, AudioBuffer(1, 0), 44100));
    }
    void silenceIsALowerBaseline() {
        const AudioBuffer audio = test::noise(1, 50000, 1);
        const AudioBuffer nothing(1, 50000);
        const StemScore score = scoreSilence(audio, audio, 1000, everyMetric());
        QCOMPARE(*score.cSdr, 0.0);
        QVERIFY(std::abs(*score.uSdr) < 1e-9);
        QVERIFY(!score.siSdr && !scoreSilence(nothing, nothing, 1000, everyMetric()).cSdr);
        QVERIFY(*score.fullness < 2);
        QVERIFY(!scoreSilence(audio, audio, 1000, {Metric::USdr}).cSdr);
    }
    void aggregatesOverSongs() {
        const std::vector<StemScore> songs = {{.cSdr = 4, .uSdr = 1, .siSdr = -3, .bleedless = 10},
                                              {.cSdr = {}, .uSdr = -90},
                                              {.cSdr = 1, .uSdr = 2, .siSdr = 5, .bleedless = 90},
                                              {.cSdr = 2, .uSdr = 3, .siSdr = 1, .bleedless = 20}};
        const StemScore all = scoreOverSongs(songs);
        QCOMPARE(*all.cSdr, 2.0);
        QCOMPARE(*all.uSdr, -21.0);
        QCOMPARE(*all.siSdr, 1.0);
        QCOMPARE(*all.bleedless, 40.0);
        QVERIFY(!all.fullness && !scoreOverSongs({}).cSdr && !scoreOverSongs({}).uSdr);
    }
    void filterKeepsPositionsAcrossBlocks() {
        const HearingFilter filter;
        const AudioBuffer audio = test::noise(1, 150000, 7);
        std::vector<double> filtered;
        filter.apply(audio.channel(0), [&](std::span<const double> block) {
            filtered.insert(filtered.end(), block.begin(), block.end());
        });
        QCOMPARE(filtered.size(), std::size_t(150000));
        const auto taps = std::ssize(filter.taps());
        for (const std::int64_t n : {0, 1, 1999, 61536, 61537, 61538, 100000, 149999}) {
            double expected = 0;
            for (std::int64_t k = 0; k < taps; ++k) {
                const std::int64_t from = n + taps / 2 - 1 - k;
                if (from >= 0 && from < audio.frames())
                    expected += filter.taps()[k] * audio.channel(0)[from];
            }
            QVERIFY(std::abs(filtered[n] - expected) < 1e-9);
        }
    }
    void framesEqualThoseOfTorch() {
        const AudioBuffer audio = test::noise(1, 9001, 5);
        const auto signal = at::from_blob(const_cast<float*>(audio.samples().data()), {9001}, at::kFloat);
        const auto expected = at::stft(signal.to(at::kDouble), 512, 128, 512,
                                       at::hann_window(512, at::kDouble), true, "constant", false, true, true)
                                  .abs()
                                  .t();
        const FrameMagnitudes stft(512, 128, FrameMagnitudes::Taper::Hann);
        QCOMPARE(stft.frames(9001), expected.size(0));
        QVERIFY(at::allclose(stft.of(audio.channel(0), 9001, 0, 10), expected.slice(0, 0, 10), 1e-9, 1e-9));
        QVERIFY(at::allclose(stft.of(audio.channel(0), 9001, 60, 71), expected.slice(0, 60, 71), 1e-9, 1e-9));
    }
    void meanOverStemsIgnoresAbsentScores() {
        const std::map<std::string, StemScore> stems = {
            {"a", {.uSdr = 4}}, {"b", {.cSdr = 1, .uSdr = 2}}, {"c", {}}};
        QCOMPARE(meanOverStems(stems, Metric::USdr), std::optional(3.0));
        QCOMPARE(meanOverStems(stems, Metric::CSdr), std::optional(1.0));
        QVERIFY(!meanOverStems(stems, Metric::Fullness));
    }
};

HEADROOM_TEST_MAIN(TestStemScore)
#include "tst_stem_score.moc"
