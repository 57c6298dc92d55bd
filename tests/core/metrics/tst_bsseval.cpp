#include "core/metrics/bsseval.h"
#include "core/metrics/windows.h"
#include "core/support/error.h"
#include "tests/core/metrics/bss_case.h"
#include "tests/support/golden_cases.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

using namespace headroom;

namespace {

/// How far a row is from the stored one, in dB; infinite where one has a number and the other none.
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

/// The stored scores of one source of those scored together.
nlohmann::json ofSource(const nlohmann::json& scores, std::size_t source) {
    nlohmann::json rows;
    for (const char* name : {"SDR", "ISR", "SIR", "SAR"})
        rows[name] = scores[name][source];
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
    // The cases are too short for threads to help.
    void initTestCase() { at::set_num_threads(1); }

    void equalsMuseval_data() {
        QTest::addColumn<QString>("path");
        for (const auto& path : test::goldenCases("bsseval_v4"))
            QTest::newRow(path.stem().c_str()) << QString::fromStdString(path.string());
    }
    void equalsMuseval() {
        QFETCH(QString, path);
        const test::BssCase golden = test::loadBssCase(path.toStdString());
        const std::span references(golden.references);
        const std::span estimates(golden.estimates);
        const auto together = bssEval(references, estimates, golden.window(), golden.hop());
        double largest = 0;
        for (std::size_t source = 0; source < together.size(); ++source) {
            if (!golden.stored["scores"].empty())
                largest = std::max(largest,
                                   difference(together[source], ofSource(golden.stored["scores"], source)));
            const auto alone = bssEval(references.subspan(source, 1), estimates.subspan(source, 1),
                                       golden.window(), golden.hop());
            const nlohmann::json& single = golden.stored["single"][source];
            if (single.contains("error"))
                QVERIFY(alone[0].sdr.empty() && together[source].sir.empty());
            else
                largest = std::max(largest, difference(alone[0], single));
        }
        qInfo("largest difference %g dB", largest);
        QVERIFY(largest < 1e-3);
    }

    void theCauseOfAnErrorIsTold() {
        const std::vector<AudioBuffer> sources = {test::noise(2, 40000, 1), test::noise(2, 40000, 2)};
        const AudioBuffer stranger = test::noise(2, 40000, 3);
        const std::vector<AudioBuffer> estimates = {mixed(sources[0], sources[1], 0.1F),
                                                    mixed(sources[1], stranger, 0.1F)};
        const auto scores = bssEval(sources, estimates, 10000, 10000);
        QVERIFY(std::abs(*medianOfDefined(scores[0].sir) - 20) < 0.5);
        QVERIFY(*medianOfDefined(scores[0].sar) > 100);
        QVERIFY(std::abs(*medianOfDefined(scores[1].sar) - 20) < 0.5);
        QVERIFY(*medianOfDefined(scores[1].sir) > 30);
    }
    void aSilentSourceHasAnEmptyRow() {
        const std::vector<AudioBuffer> sources = {test::noise(2, 9000, 1), AudioBuffer(2, 9000),
                                                  test::noise(2, 9000, 2)};
        const std::vector<AudioBuffer> estimates = {mixed(sources[0], sources[2], 0.2F),
                                                    test::noise(2, 9000, 3), AudioBuffer(2, 9000)};
        const auto scores = bssEval(sources, estimates, 3000, 3000);
        QCOMPARE(scores[0].sdr.size(), 3);
        QVERIFY(scores[0].sir[0] < 20); // the reference of a silent estimate still interferes
        for (std::size_t source : {1, 2})
            QVERIFY(scores[source].sdr.empty() && scores[source].sar.empty());
    }
    void whatDoesNotFitIsRefused() {
        const std::vector<AudioBuffer> two = {test::noise(2, 900, 1), test::noise(2, 900, 2)};
        const std::vector<AudioBuffer> unequal = {test::noise(2, 900, 1), test::noise(2, 800, 2)};
        QVERIFY_EXCEPTION_THROWN(bssEval(two, std::span(two).first(1), 100, 100), Error);
        QVERIFY_EXCEPTION_THROWN(bssEval(unequal, two, 100, 100), Error);
        QVERIFY(bssEval({}, {}, 100, 100).empty());
    }
};

HEADROOM_TEST_MAIN(TestBssEval)
#include "tst_bsseval.moc"
