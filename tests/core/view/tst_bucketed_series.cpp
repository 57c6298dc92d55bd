// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/bucketed_series.h"
#include "core/view/run_curve.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

using namespace headroom;

namespace {

std::vector<double> noise(std::size_t count) {
    std::mt19937 random(7);
    std::normal_distribution<double> normal;
    std::vector<double> values(count);
    for (double& value : values)
        value = normal(random);
    return values;
}

BucketedSeries seriesOf(const std::vector<double>& values, std::size_t mostBuckets) {
    BucketedSeries series(1, mostBuckets);
    for (std::size_t i = 0; i < values.size(); ++i)
        series.add({static_cast<double>(i + 1), static_cast<double>(i + 1) / 10}, std::array{values[i]});
    return series;
}

} // namespace

class TestBucketedSeries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryValueWhileThereIsRoom() {
        const auto values = noise(64);
        const auto series = seriesOf(values, 64);
        QCOMPARE(series.buckets(), values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            QCOMPARE(series.at(0, i).min, values[i]);
            QCOMPARE(series.at(0, i).max, values[i]);
            QCOMPARE(series.end(i).step, static_cast<double>(i + 1));
        }
    }

    /// Every bucket summarizes exactly the values of its range, for any length.
    void keepsExtremesAndSumsAtAnyLength() {
        for (const std::size_t count : {65U, 100U, 1000U, 4097U}) {
            const auto values = noise(count);
            const auto series = seriesOf(values, 64);
            QVERIFY(series.buckets() <= 64);
            std::size_t next = 0;
            for (std::size_t i = 0; i < series.buckets(); ++i) {
                QCOMPARE(series.begin(i).step, static_cast<double>(next + 1));
                BucketedSeries::Range expected;
                for (; next < static_cast<std::size_t>(series.end(i).step); ++next)
                    expected.add({values[next], values[next], values[next], 1});
                QCOMPARE(series.at(0, i).min, expected.min);
                QCOMPARE(series.at(0, i).max, expected.max);
                QCOMPARE(series.at(0, i).count, expected.count);
                QVERIFY(std::abs(series.at(0, i).sum - expected.sum) < 1e-9);
            }
            QCOMPARE(next, count);
        }
    }

    void ignoresNonFiniteValues() {
        BucketedSeries series(2);
        series.add({1, 1}, std::array{1.0, std::nan("")});
        series.add({2, 2}, std::array{HUGE_VAL, 5.0});
        QCOMPARE(series.at(1, 0).count, 0);
        QCOMPARE(series.at(0, 1).count, 0);
        QCOMPARE(series.at(1, 1).max, 5.0);
    }

    void continuesAfterTruncation() {
        auto series = seriesOf(noise(1000), 64);
        series.truncateAfter(500);
        const double end = series.end(series.buckets() - 1).step;
        QVERIFY(end <= 500 && end > 450);
        for (int step = 501; step <= 3000; ++step)
            series.add({static_cast<double>(step), 200.0 + step}, std::array{1.0});
        QVERIFY(series.buckets() <= 64);
        for (std::size_t i = 1; i < series.buckets(); ++i)
            QVERIFY(series.begin(i).step > series.end(i - 1).step);
        QCOMPARE(series.end(series.buckets() - 1).step, 3000.0);
    }

    void curveHasTheExtremesOfEveryColumn() {
        const auto values = noise(10000);
        const auto series = seriesOf(values, 16384);
        const RunScale scale{RunAxis::Step, 1};
        const auto points = curve(series, 0, scale, 2000, 6000, 400);
        QVERIFY(points.size() >= 400 && points.size() <= 404);
        double before = 1998;
        for (const CurvePoint& point : points) {
            QVERIFY(point.x > before);
            const auto first = values.begin() + static_cast<std::ptrdiff_t>(before);
            const auto last = values.begin() + static_cast<std::ptrdiff_t>(point.x);
            QCOMPARE(point.min, *std::min_element(first, last));
            QCOMPARE(point.max, *std::max_element(first, last));
            before = point.x;
        }
        QVERIFY(points.front().x <= 2000 && points.back().x >= 6000);
    }

    void zoomedInCurveShowsSingleSteps() {
        const auto values = noise(1000);
        const auto points = curve(seriesOf(values, 2048), 0, {RunAxis::Step, 1}, 100, 110, 500);
        QCOMPARE(points.size(), std::size_t(13));
        for (const CurvePoint& point : points)
            QCOMPARE(point.mean, values[static_cast<std::size_t>(point.x) - 1]);
    }

    /// Merged buckets smooth like single values, up to differences within a bucket.
    void smoothingDoesNotDependOnBuckets() {
        std::vector<double> values;
        for (int i = 0; i < 4096; ++i)
            values.push_back(i < 2048 ? 1.0 : 3.0);
        const auto fine = smoothed(seriesOf(values, 4096), 0, 0.99);
        const auto coarse = seriesOf(values, 256);
        const auto averages = smoothed(coarse, 0, 0.99);
        for (std::size_t i = 0; i < coarse.buckets(); ++i)
            QVERIFY(std::abs(averages[i] - fine[static_cast<std::size_t>(coarse.end(i).step) - 1]) < 1e-9);
        QCOMPARE(fine.front(), 1.0);
    }

    void findsBucketUnderCursor() {
        const auto series = seriesOf(noise(100), 128);
        const RunScale epochs{RunAxis::Epoch, 10};
        QCOMPARE(bucketAt(series, epochs, -5), std::size_t(0));
        QCOMPARE(bucketAt(series, epochs, 5.04), std::size_t(49));
        QCOMPARE(bucketAt(series, epochs, 5.06), std::size_t(50));
        QCOMPARE(bucketAt(series, epochs, 1000), std::size_t(99));
    }
};

HEADROOM_TEST_MAIN(TestBucketedSeries)
#include "tst_bucketed_series.moc"
