#include "core/metrics/sdr.h"
#include "core/metrics/windows.h"
#include "core/support/error.h"
#include "tests/core/metrics/bss_case.h"
#include "tests/support/golden_cases.h"
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

AudioBuffer scaled(AudioBuffer sound, float gain) {
    for (float& sample : sound.samples())
        sample *= gain;
    return sound;
}

AudioBuffer first(const AudioBuffer& sound, std::int64_t frames) {
    AudioBuffer part(sound.channels(), frames);
    for (int c = 0; c < sound.channels(); ++c)
        std::copy_n(sound.channel(c).begin(), std::min(frames, sound.frames()), part.channel(c).begin());
    return part;
}

} // namespace

class TestSdr : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalsMuseval_data() {
        QTest::addColumn<QString>("path");
        for (const auto& path : test::goldenCases("bsseval_v4"))
            QTest::newRow(path.stem().c_str()) << QString::fromStdString(path.string());
    }
    void equalsMuseval() {
        QFETCH(QString, path);
        const test::BssCase golden = test::loadBssCase(path.toStdString());
        for (std::size_t source = 0; source < golden.references.size(); ++source) {
            const AudioBuffer& reference = golden.references[source];
            const AudioBuffer& estimate = golden.estimates[source];
            QVERIFY(same(uSdr(reference, estimate), golden.stored["uSDR"][source]));
            QVERIFY(
                same(orNan(siSdr(reference, estimate)), test::storedScore(golden.stored["SI_SDR"][source])));

            const auto windows = windowSdr(reference, estimate, golden.window(), golden.hop());
            const nlohmann::json& alone = golden.stored["single"][source];
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
        const AudioBuffer sound = test::noise(2, 3000, 1);
        QVERIFY(same(*cSdr(sound, scaled(sound, 0.5F), 1000), 20 * std::log10(2.0)));
        QVERIFY(same(uSdr(sound, scaled(sound, 2.0F)), 0.0));
        QVERIFY(same(*siSdr(sound, scaled(sound, 0.5F)), infinity)); // a power of two: exact
        QVERIFY(same(*cSdr(sound, sound, 1000), infinity));
        QVERIFY(uSdr(sound, sound) > 80 && std::isfinite(uSdr(sound, sound)));
    }
    void siSdrIgnoresGain() {
        const AudioBuffer sound = test::noise(2, 3000, 1);
        const AudioBuffer estimate = test::noise(2, 3000, 2);
        QVERIFY(same(*siSdr(sound, scaled(estimate, 0.125F)), *siSdr(sound, estimate)));
    }
    void otherLengthsArePaddedOrCut() {
        const AudioBuffer reference = test::noise(2, 5000, 1);
        const AudioBuffer estimate = test::noise(2, 7000, 2);
        for (std::int64_t frames : {0, 1, 1700, 5000, 7000}) {
            const AudioBuffer other = first(estimate, frames);
            const AudioBuffer fitted = first(other, 5000);
            const StemScore score = scoreStem(reference, other, 1000);
            const StemScore expected = scoreStem(reference, fitted, 1000);
            QVERIFY(same(orNan(score.cSdr), orNan(expected.cSdr)));
            QVERIFY(same(*score.uSdr, *expected.uSdr));
            QVERIFY(same(orNan(score.siSdr), orNan(expected.siSdr)));
        }
    }
    void silentWindowsAreDropped() {
        AudioBuffer reference = test::noise(2, 4000, 1);
        AudioBuffer estimate = scaled(reference, 0.5F);
        for (int c = 0; c < 2; ++c)
            std::fill_n(reference.channel(c).begin(), 1000, 0.0F);
        for (std::int64_t i = 1000; i < 2000; ++i)
            estimate.channel(1)[i] = -estimate.channel(0)[i]; // the channels cancel
        const auto windows = windowSdr(reference, estimate, 1000, 1000);
        QVERIFY(std::isnan(windows[0]) && std::isnan(windows[1]));
        QVERIFY(same(windows[2], 20 * std::log10(2.0)));
        QVERIFY(same(*cSdr(reference, estimate, 1000), 20 * std::log10(2.0)));
    }
    void silence() {
        const AudioBuffer sound = test::noise(1, 2500, 1);
        const AudioBuffer nothing(1, 2500);
        QVERIFY(!cSdr(sound, nothing, 1000) && !siSdr(sound, nothing) && !siSdr(nothing, sound));
        QVERIFY(same(uSdr(nothing, nothing), 0.0));
        QVERIFY(same(*scoreSilence(sound, 1000).cSdr, 0.0));
        QVERIFY(same(*scoreSilence(sound, 1000).uSdr, 0.0));
        QVERIFY(!scoreSilence(sound, 1000).siSdr && !scoreSilence(nothing, 1000).cSdr);
        QVERIFY(!cSdr(AudioBuffer(1, 0), AudioBuffer(1, 0), 1000));
    }
    void windows() {
        const ScoreWindows overlapping(8000, 2000, 1500);
        QCOMPARE(overlapping.count(), 5);
        QCOMPARE(overlapping.begin(4), 6000);
        QCOMPARE(overlapping.end(4), 8000);
        QCOMPARE(ScoreWindows(9000, 2000, 2000).count(), 4);
        QCOMPARE(ScoreWindows(1999, 2000, 2000).end(0), 1999);
        QCOMPARE(ScoreWindows(2000, 2000, 2000).count(), 1);
    }
    void medianAndMeanOverSongs() {
        const std::vector<StemScore> songs = {
            {4.0, 1.0, -3.0}, {std::nullopt, -90.0, std::nullopt}, {1.0, 2.0, 5.0}, {2.0, 3.0, 1.0}};
        const StemScore all = scoreOverSongs(songs);
        QCOMPARE(*all.cSdr, 2.0);
        QCOMPARE(*all.uSdr, -21.0);
        QCOMPARE(*all.siSdr, 1.0);
        QVERIFY(!scoreOverSongs({}).cSdr && !scoreOverSongs({}).uSdr);
        QCOMPARE(*medianOfDefined({3, 1, 2, 10}), 2.5);
    }
    void otherChannelsAreRefused() {
        QVERIFY_EXCEPTION_THROWN(uSdr(AudioBuffer(2, 10), AudioBuffer(1, 10)), Error);
    }
};

HEADROOM_TEST_MAIN(TestSdr)
#include "tst_sdr.moc"
