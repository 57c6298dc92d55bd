// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/bsseval.h"
#include "core/metrics/windows.h"
#include "core/support/error.h"
#include "tests/core/metrics/bss_case.h"
#include "tests/support/golden_case_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

using namespace headroom;

namespace {

/// Largest difference between computed and stored scores, in dB. Infinite if only one of two is NaN.
double difference(const std::vector<double>& actual, const nlohmann::json& stored) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (actual.size() != stored.size())
        return infinity;
    double largest = 0;
    for (std::size_t t = 0; t < actual.size(); ++t) {
        const double expected = test::storedScore(stored[t]);
        if ((std::isnan(expected) && std::isnan(actual[t])) || expected == actual[t])
            continue;
        const double distance = std::abs(actual[t] - expected);
        largest = std::max(largest, std::isnan(distance) ? infinity : distance);
    }
    return largest;
}

double difference(const BssScores& actual, const nlohmann::json& stored) {
    return std::max({difference(actual.sdr, stored["SDR"]), difference(actual.isr, stored["ISR"]),
                     difference(actual.sir, stored["SIR"]), difference(actual.sar, stored["SAR"])});
}

/// The stored scores of one of several stems.
nlohmann::json scoresOfStem(const nlohmann::json& scores, std::size_t stem) {
    nlohmann::json rows;
    for (const char* name : {"SDR", "ISR", "SIR", "SAR"})
        rows[name] = scores[name][stem];
    return rows;
}

AudioBuffer mixed(const AudioBuffer& a, const AudioBuffer& b, float gain) {
    AudioBuffer sum = a;
    for (std::size_t i = 0; i < sum.samples().size(); ++i)
        sum.samples()[i] += gain * b.samples()[i];
    return sum;
}

} // namespace

class TestBssEval : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The cases are too short to benefit from threads.
    void initTestCase() { at::set_num_threads(1); }

    void matchesMuseval_data() {
        QTest::addColumn<QString>("path");
        for (const auto& path : test::goldenCaseFiles("bsseval_v4"))
            QTest::newRow(path.stem().c_str()) << QString::fromStdString(path.string());
    }
    void matchesMuseval() {
        QFETCH(QString, path);
        const test::BssCase golden = test::loadBssCase(path.toStdString());
        const std::span truths(golden.truths);
        const std::span estimates(golden.estimates);
        const auto together = bssEval(truths, estimates, golden.window(), golden.hop());
        double largest = 0;
        for (std::size_t stem = 0; stem < together.size(); ++stem) {
            if (!golden.stored["scores"].empty())
                largest = std::max(largest,
                                   difference(together[stem], scoresOfStem(golden.stored["scores"], stem)));
            const auto alone =
                bssEval(truths.subspan(stem, 1), estimates.subspan(stem, 1), golden.window(), golden.hop());
            const nlohmann::json& single = golden.stored["single"][stem];
            if (single.contains("error"))
                QVERIFY(alone[0].sdr.empty() && together[stem].sir.empty());
            else
                largest = std::max(largest, difference(alone[0], single));
        }
        qInfo("largest difference %g dB", largest);
        QVERIFY(largest < 1e-3);
    }

    void separatesInterferenceFromArtifacts() {
        const std::vector<AudioBuffer> truths = {test::noise(2, 40000, 1), test::noise(2, 40000, 2)};
        const AudioBuffer unrelated = test::noise(2, 40000, 3);
        const std::vector<AudioBuffer> estimates = {mixed(truths[0], truths[1], 0.1F),
                                                    mixed(truths[1], unrelated, 0.1F)};
        const auto scores = bssEval(truths, estimates, 10000, 10000);
        QVERIFY(std::abs(*medianOfDefined(scores[0].sir) - 20) < 0.5);
        QVERIFY(*medianOfDefined(scores[0].sar) > 100);
        QVERIFY(std::abs(*medianOfDefined(scores[1].sar) - 20) < 0.5);
        QVERIFY(*medianOfDefined(scores[1].sir) > 30);
    }
    void silentStemsHaveNoScores() {
        const std::vector<AudioBuffer> truths = {test::noise(2, 9000, 1), AudioBuffer(2, 9000),
                                                 test::noise(2, 9000, 2)};
        const std::vector<AudioBuffer> estimates = {mixed(truths[0], truths[2], 0.2F),
                                                    test::noise(2, 9000, 3), AudioBuffer(2, 9000)};
        const auto scores = bssEval(truths, estimates, 3000, 3000);
        QCOMPARE(scores[0].sdr.size(), 3);
        QVERIFY(scores[0].sir[0] < 20); // the ground truth of a silent estimate still interferes
        for (std::size_t stem : {1, 2})
            QVERIFY(scores[stem].sdr.empty() && scores[stem].sar.empty());
    }
    void rejectsMismatchedInput() {
        const std::vector<AudioBuffer> two = {test::noise(2, 900, 1), test::noise(2, 900, 2)};
        const std::vector<AudioBuffer> unequal = {test::noise(2, 900, 1), test::noise(2, 800, 2)};
        QVERIFY_THROWS_EXCEPTION(Error, bssEval(two, std::span(two).first(1), 100, 100));
        QVERIFY_THROWS_EXCEPTION(Error, bssEval(unequal, two, 100, 100));
        QVERIFY(bssEval({}, {}, 100, 100).empty());
    }
};

HEADROOM_TEST_MAIN(TestBssEval)
#include "tst_bsseval.moc"
