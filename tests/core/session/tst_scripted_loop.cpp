// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/training_thread.h"
#include "tests/support/event_recorder.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using test::EventRecorder;
using test::ScriptedLoop;

namespace {

std::vector<TrainingEvent> recordedRun(int steps) {
    std::vector<TrainingEvent> events{Started{.runFolder = "run"}};
    for (int i = 1; i <= steps; ++i)
        events.emplace_back(StepDone{.step = i, .loss = 1.0 / i});
    return events;
}

} // namespace

class TestScriptedLoop : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void emitsTheScript() {
        auto script = recordedRun(5);
        script.emplace_back(ValidationDone{.step = 5, .songs = 2});
        script.emplace_back(Finished{5});
        EventRecorder recorder;
        TrainingThread session(std::make_unique<ScriptedLoop>(script));
        session.start({}, recorder.sink());
        session.wait();
        const auto events = recorder.events();
        QCOMPARE(events.size(), script.size());
        for (std::size_t i = 0; i < events.size(); ++i)
            QCOMPARE(events[i].index(), script[i].index());
        QCOMPARE(recorder.all<StepDone>()[3].loss, 0.25);
    }
    void failsAsScripted() {
        for (const char* category : {"input", "failure", "diverged", "internal"}) {
            EventRecorder recorder;
            TrainingThread session(std::make_unique<ScriptedLoop>(
                std::vector<TrainingEvent>{Started{}, StepDone{.step = 2}, Failed{2, category, "why", ""}}));
            session.start({}, recorder.sink());
            session.wait();
            const auto failed = recorder.all<Failed>().at(0);
            QCOMPARE(failed.category, std::string(category));
            QCOMPARE(failed.message, std::string("why"));
            QCOMPARE(failed.step, std::int64_t{2});
        }
    }
    void handlesRequests() {
        EventRecorder recorder;
        TrainingThread session(
            std::make_unique<ScriptedLoop>(recordedRun(100000), std::chrono::microseconds(100)));
        session.start({}, recorder.sink());
        session.pause();
        recorder.await<Paused>();
        session.saveNow();
        recorder.await<CheckpointSaved>();
        session.setOption("training.batch_size", "3");
        session.resume();
        recorder.await<OptionChanged>();
        QCOMPARE(recorder.all<OptionChanged>()[0].before, std::string("5"));
        session.stopAndWait();
        QVERIFY(std::holds_alternative<Stopped>(recorder.events().back()));
    }
    void stopsImmediatelyAtASlowPace() {
        EventRecorder recorder;
        TrainingThread session(std::make_unique<ScriptedLoop>(recordedRun(10), std::chrono::hours(1)));
        session.start({}, recorder.sink());
        recorder.await<StepDone>();
        session.stopAndWait();
        QCOMPARE(recorder.all<Stopped>().at(0).step, std::int64_t{1});
    }
};

HEADROOM_TEST_MAIN(TestScriptedLoop)
#include "tst_scripted_loop.moc"
