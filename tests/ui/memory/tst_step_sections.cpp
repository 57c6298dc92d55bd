// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/memory/step_sections.h"

using namespace headroom;
using namespace headroom::ui;

namespace {

/// Two micro-batches of 10 and 20 events, then an update of 5 events.
Forecast twoMicroBatches() {
    Forecast forecast;
    forecast.events = 35;
    forecast.spans = {{"forward", "stft", 0, 2},    {"forward", "loss", 2, 6},
                      {"backward", "loss", 6, 10},  {"forward", "stft", 10, 20},
                      {"backward", "loss", 20, 30}, {"update", "optimizer", 30, 35}};
    return forecast;
}

StepProfile profileWith(std::vector<ProfilePhase> phases) {
    StepProfile step;
    step.events = 70;
    step.points = {{0, 1, 1}, {6, 2, 2}, {12, 3, 3}, {50, 4, 4}, {70, 5, 5}};
    step.phases = std::move(phases);
    return step;
}

} // namespace

class TestStepSections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sectionsAreMicroBatches() {
        const auto sections = sectionsOf(twoMicroBatches());
        QCOMPARE(sections.size(), std::size_t(3));
        QCOMPARE(sections[0].end, std::int64_t(35));
        QCOMPARE(sections[1].begin, std::int64_t(0));
        QCOMPARE(sections[1].end, std::int64_t(10));
        QCOMPARE(sections[2].begin, std::int64_t(10));
        QCOMPARE(sections[2].end, std::int64_t(35));
        QVERIFY(sections[2].title.contains(QStringLiteral("Last")));
        Forecast one = twoMicroBatches();
        one.spans.erase(one.spans.begin() + 3, one.spans.begin() + 5);
        QCOMPARE(sectionsOf(one).size(), std::size_t(1));
        QVERIFY(sectionsOf({}).empty());
    }

    void phasesMergeTheirSpans() {
        const auto phases = phasesOf(twoMicroBatches());
        QCOMPARE(phases.size(), std::size_t(5));
        QCOMPARE(phases[1].phase, std::string("backward"));
        QCOMPARE(phases[1].begin, std::int64_t(6));
        QCOMPARE(phases[1].end, std::int64_t(10));
        QCOMPARE(phases[4].end, std::int64_t(35));
    }

    /// Zoomed into a phase, the strip names that one and no other.
    void phasesInViewAreThoseOfTheRange() {
        const auto names = [](double lower, double upper) {
            std::string list;
            for (const StepPhase& phase : phasesInView(twoMicroBatches(), lower, upper))
                list += phase.phase + ' ';
            return list;
        };
        QCOMPARE(names(0, 35), std::string("forward backward forward backward update "));
        QCOMPARE(names(7.5, 9), std::string("backward "));
        QCOMPARE(names(6, 10), std::string("backward "));
        QCOMPARE(names(25, 31), std::string("backward update "));
    }

    void alignsAnotherForecastByPhase() {
        Forecast other = twoMicroBatches();
        for (TimelineSpan& span : other.spans) {
            span.begin *= 2;
            span.end *= 2;
        }
        other.events *= 2;
        for (const std::int64_t event : {0, 12, 40, 60})
            other.timeline.push_back({event, {}, 0});
        QCOMPARE(positionsOn(twoMicroBatches(), other), (std::vector<double>{0, 6, 20, 30}));
    }

    void alignsProfileByPhase() {
        const StepProfile step = profileWith(
            {{"forward", 0}, {"backward", 12}, {"forward", 20}, {"backward", 40}, {"update", 60}});
        QCOMPARE(positionsOn(twoMicroBatches(), step), (std::vector<double>{0, 3, 6, 25, 35}));
    }

    void stretchesTheWholeStepIfPhasesDiffer() {
        const StepProfile step = profileWith({{"forward", 0}, {"backward", 20}, {"update", 60}});
        QCOMPARE(positionsOn(twoMicroBatches(), step), (std::vector<double>{0, 3, 6, 25, 35}));
    }
};

HEADROOM_UI_TEST_MAIN(TestStepSections)
#include "tst_step_sections.moc"
