// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/memory/part_areas.h"

#include <algorithm>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// A flat timeline with one spike.
std::vector<TimelinePoint> flatWithASpike(int points, int spike) {
    std::vector<TimelinePoint> timeline;
    for (int i = 0; i < points; ++i) {
        TimelinePoint point;
        point.event = 10 * i;
        point.parts[0] = i == spike ? 1000 : 10;
        timeline.push_back(point);
    }
    return timeline;
}

std::int64_t highest(const std::vector<TimelinePoint>& points) {
    return std::ranges::max_element(points, {}, &TimelinePoint::allocated)->allocated();
}

} // namespace

class TestPartAreas : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsSpikesThinnerThanAPixel() {
        for (const int spike : {0, 1, 777, 1998, 1999}) {
            const auto timeline = flatWithASpike(2000, spike);
            const auto shown = highestByColumn(timeline, 0, 20000, 100);
            QCOMPARE(shown.size(), std::size_t{100});
            QCOMPARE(highest(shown), std::int64_t{1000});
            // At its position, in at most two neighboring columns.
            const auto high = std::ranges::count(shown, std::int64_t{1000}, &TimelinePoint::allocated);
            QVERIFY(high <= 2);
            const auto place =
                std::ranges::find(shown, std::int64_t{1000}, &TimelinePoint::allocated) - shown.begin();
            QVERIFY(std::abs(static_cast<double>(place) - spike * 100.0 / 2000) <= 1);
        }
    }

    void rangeStartsWithTheValueAtItsStart() {
        const auto timeline = flatWithASpike(100, 20);
        const auto shown = highestByColumn(timeline, 204, 240, 1000);
        QCOMPARE(shown.front().event, std::int64_t{200});
        QCOMPARE(shown.front().allocated(), std::int64_t{1000});
        QVERIFY(shown.back().event >= 240);
    }

    void handlesEmptyTimelinesAndZeroColumns() {
        QVERIFY(highestByColumn({}, 0, 1, 100).empty());
        QVERIFY(!highestByColumn(flatWithASpike(10, 1), 5, 6, 0).empty());
    }
};

HEADROOM_UI_TEST_MAIN(TestPartAreas)
#include "tst_part_areas.moc"
