// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/band_plan.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <numeric>

using headroom::bandPlan;

namespace {

std::vector<int> plan(std::initializer_list<std::pair<int, int>> runs) {
    std::vector<int> widths;
    for (auto [count, width] : runs)
        widths.insert(widths.end(), count, width);
    return widths;
}

} // namespace

class TestBandPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownPlans() {
        QCOMPARE(bandPlan(62), plan({{24, 2}, {12, 4}, {8, 12}, {8, 24}, {8, 48}, {1, 128}, {1, 129}}));
        QCOMPARE(bandPlan(48), plan({{20, 4}, {2, 8}, {8, 12}, {8, 24}, {8, 48}, {1, 128}, {1, 129}}));
        QCOMPARE(bandPlan(32), plan({{8, 8}, {2, 16}, {12, 24}, {8, 48}, {1, 128}, {1, 129}}));
    }
    void everyPlanCoversTheSpectrumWithNonDecreasingWidths() {
        for (int n = 16; n <= 128; ++n) {
            const auto widths = bandPlan(n);
            QCOMPARE(static_cast<int>(widths.size()), n);
            QCOMPARE(std::accumulate(widths.begin(), widths.end(), 0), 1025);
            QVERIFY(std::is_sorted(widths.begin(), widths.end()));
            QVERIFY(widths.front() >= 1);
        }
    }
    void rejectsOtherNumbersOfBands() {
        for (int n : {-1, 0, 15, 129})
            QVERIFY_THROWS_EXCEPTION(headroom::Error, bandPlan(n));
    }
};

HEADROOM_TEST_MAIN(TestBandPlan)
#include "tst_band_plan.moc"
