// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/training_thread.h"
#include "core/support/error.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/bridge/training_bridge.h"

#include <QSignalSpy>
#include <QThread>

#include <thread>

using namespace headroom;
using namespace headroom::ui;

namespace {

std::unique_ptr<TrainingSession> scripted(std::vector<TrainingEvent> script,
                                          std::chrono::nanoseconds pace = {}) {
    return std::make_unique<TrainingThread>(std::make_unique<test::ScriptedLoop>(std::move(script), pace));
}

std::vector<TrainingEvent> steps(int count) {
    std::vector<TrainingEvent> script = {Started{.totalSteps = count}};
    for (int i = 1; i <= count; ++i)
        script.emplace_back(StepDone{.step = i});
    return script;
}

/// A session whose events the test emits, from any thread.
class ManualSession final : public TrainingSession {
public:
    void start(const TrainingRequest&, EventSink sink) override { sinks.push_back(std::move(sink)); }
    void pause() override {}
    void resume() override {}
    void requestStop() override {}
    void stopAndWait() override {}
    void saveNow() override {}
    void setOption(const std::string&, const std::string&) override {}
    void wait() override {}

    std::vector<EventSink> sinks; ///< by run
};

/// Records what a bridge emits.
struct Received {
    explicit Received(TrainingBridge& bridge) {
        QObject::connect(&bridge, &TrainingBridge::received, &bridge,
                         [this](const std::vector<TimedEvent>& batch) {
                             onGuiThread = onGuiThread && QThread::currentThread() == qApp->thread();
                             ++batches;
                             for (const TimedEvent& timed : batch)
                                 events.push_back(timed.event);
                         });
        QObject::connect(&bridge, &TrainingBridge::ended, &bridge, [this] { ++ends; });
    }
    std::vector<TrainingEvent> events;
    int batches = 0;
    int ends = 0;
    bool onGuiThread = true;
};

} // namespace

class TestTrainingBridge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deliversEveryEventInOrderOnTheGuiThread() {
        constexpr int count = 20000;
        TrainingBridge bridge(scripted(steps(count)));
        Received received(bridge);
        bridge.start({});
        QVERIFY(bridge.running());
        QTRY_COMPARE(received.ends, 1);
        QVERIFY(!bridge.running());
        QVERIFY(received.onGuiThread);
        QCOMPARE(received.events.size(), std::size_t(count + 2));
        for (int i = 1; i <= count; ++i)
            QCOMPARE(std::get<StepDone>(received.events[std::size_t(i)]).step, std::int64_t(i));
        QVERIFY(std::holds_alternative<Finished>(received.events.back()));
        QVERIFY(received.batches < count / 10);
    }

    void dropsEventsOfEarlierRuns() {
        auto owned = std::make_unique<ManualSession>();
        ManualSession& session = *owned;
        TrainingBridge bridge(std::move(owned));
        Received received(bridge);
        bridge.start({});
        session.sinks[0](StepDone{.step = 1});
        session.sinks[0](Finished{1});
        bridge.start({});
        session.sinks[1](StepDone{.step = 7});
        QTRY_COMPARE(received.events.size(), std::size_t(1));
        QCOMPARE(std::get<StepDone>(received.events[0]).step, std::int64_t(7));
        QCOMPARE(received.ends, 0);
        QVERIFY(bridge.running());
    }

    void dropsOnlyMemorySamplesWhenTheWindowFallsBehind() {
        auto owned = std::make_unique<ManualSession>();
        ManualSession& session = *owned;
        TrainingBridge bridge(std::move(owned));
        Received received(bridge);
        bridge.start({});
        std::thread([&] { // the GUI thread blocks in join() meanwhile
            for (int i = 1; i <= 10000; ++i) {
                session.sinks[0](StepDone{.step = i});
                session.sinks[0](MemorySample{});
            }
            session.sinks[0](Stopped{10000, ""});
        })
            .join();
        QTRY_COMPARE(received.ends, 1);
        const auto count = [&](auto wanted) {
            return std::ranges::count_if(received.events, [&](const TrainingEvent& event) {
                return std::holds_alternative<decltype(wanted)>(event);
            });
        };
        QCOMPARE(count(StepDone{}), 10000);
        QVERIFY(count(MemorySample{}) < 5000);
    }

    void canRestartFromTheEndedSignal() {
        TrainingBridge bridge(scripted(steps(3)));
        Received received(bridge);
        int started = 1;
        connect(&bridge, &TrainingBridge::ended, &bridge, [&] {
            if (started++ < 50)
                bridge.start({});
        });
        bridge.start({});
        QTRY_COMPARE(received.ends, 50);
    }

    void rejectsASecondRun() {
        TrainingBridge bridge(scripted(steps(1000), std::chrono::hours(1)));
        bridge.start({});
        QVERIFY_THROWS_EXCEPTION(Error, bridge.start({}));
    }

    void destructorJoins() {
        auto bridge = std::make_unique<TrainingBridge>(scripted(steps(1000), std::chrono::hours(1)));
        const Received received(*bridge);
        bridge->start({});
        bridge.reset();
        QCoreApplication::processEvents();
        QCOMPARE(received.ends, 0);
    }
};

HEADROOM_UI_TEST_MAIN(TestTrainingBridge)
#include "tst_training_bridge.moc"
