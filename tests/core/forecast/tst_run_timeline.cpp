// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/forecast/forecaster.h"
#include "tests/support/small_config.h"
#include "tests/support/strict_main.h"

#include <algorithm>

using namespace headroom;

namespace {

ForecastRequest request() {
    ForecastRequest request{.config = test::smallConfig(), .card = findCard("RTX 4070").value()};
    request.config.loss.stftHop = 16;
    return request;
}

/// The highest memory of these phases of the timeline.
PhaseForecast highest(const RunTimeline& run, const std::vector<std::string>& phases) {
    PhaseForecast peak;
    for (const TimelineSpan& span : run.spans) {
        if (std::ranges::find(phases, span.phase) == phases.end())
            continue;
        for (const TimelinePoint& point : run.points) {
            if (point.event < span.begin || point.event >= span.end)
                continue;
            peak.peakAllocated = std::max(peak.peakAllocated, point.allocated());
            peak.peakReserved = std::max(peak.peakReserved, point.reserved);
        }
    }
    return peak;
}

} // namespace

class TestRunTimeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void phasesAreInOrder() {
        const RunTimeline run = forecast(request()).run;
        std::vector<std::string> phases;
        std::int64_t end = 0;
        for (const TimelineSpan& span : run.spans) {
            QCOMPARE(span.begin, end);
            QVERIFY(span.end > span.begin);
            end = span.end;
            if (phases.empty() || phases.back() != span.phase)
                phases.push_back(span.phase);
            const bool isStep = span.phase.find("step") != std::string::npos;
            QCOMPARE(span.module.empty(), !isStep);
        }
        QCOMPARE(end, run.width);
        QCOMPARE(phases, std::vector<std::string>({"start", "trial", "first_step", "next_step", "validation",
                                                   "checkpoint", "step_after"}));
    }

    /// The peaks are those that the allocator reports for each phase.
    void keepsThePeaksOfEachPhase() {
        const Forecast all = forecast(request());
        QVERIFY(highest(all.run, {"start", "trial"}) == all.phase(RunPhase::Start));
        QVERIFY(highest(all.run, {"first_step", "next_step"}) == all.phase(RunPhase::Step));
        QVERIFY(highest(all.run, {"validation"}) == all.phase(RunPhase::Validation));
        QVERIFY(highest(all.run, {"checkpoint"}) == all.phase(RunPhase::Checkpoint));
        const auto peak = std::ranges::find(all.run.points, all.run.peak, &TimelinePoint::event);
        QVERIFY(peak != all.run.points.end());
        QCOMPARE(peak->allocated(), all.peakAllocated);
    }

    void placesIncrease() {
        const RunTimeline run = forecast(request()).run;
        QVERIFY(std::ranges::adjacent_find(run.points, std::ranges::greater_equal{}, &TimelinePoint::event) ==
                run.points.end());
        QVERIFY(run.points.size() <= 7 * 200);
    }

    void isEmptyWithoutTimelineAndInFirstAnswer() {
        ForecastRequest asked = request();
        QVERIFY(StagedForecast(asked).step().run.points.empty());
        asked.detail = ForecastDetail::Totals;
        QVERIFY(forecast(asked).run.points.empty());
    }
};

HEADROOM_TEST_MAIN(TestRunTimeline)
#include "tst_run_timeline.moc"
