// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/training_thread.h"
#include "tests/support/event_recorder.h"
#include "tests/support/strict_main.h"

#include <functional>
#include <stdexcept>

using namespace headroom;
using headroom::test::EventRecorder;

namespace {

/// A loop with a body given by the test.
class LoopOf final : public TrainingLoop {
public:
    using Body = std::function<RunEnd(const TrainingRequest&, RunControl&, const EventSink&)>;
    explicit LoopOf(Body body) : body_(std::move(body)) {}
    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& emit) override {
        return body_(request, control, emit);
    }

private:
    Body body_;
};

std::unique_ptr<TrainingLoop> loopOf(LoopOf::Body body) {
    return std::make_unique<LoopOf>(std::move(body));
}

/// Emits steps as fast as possible until stopped.
std::unique_ptr<TrainingLoop> endlessLoop() {
    return loopOf([](const TrainingRequest&, RunControl& control, const EventSink& emit) -> RunEnd {
        emit(Started{});
        std::int64_t step = 0;
        while (!control.stopRequested()) {
            emit(StepDone{.step = ++step});
            control.waitWhilePaused([&] { emit(Paused{step}); },
                                    [&] {
                                        emit(CheckpointSaved{step, ""});
                                    },
                                    [&] { emit(Resumed{step}); });
            if (control.takeSaveRequest())
                emit(CheckpointSaved{step, ""});
            for (const OptionChange& change : control.takeOptionChanges())
                emit(OptionChanged{step + 1, change.key, "", change.value});
        }
        return Stopped{step, ""};
    });
}

std::size_t terminalEvents(const EventRecorder& recorder) {
    return recorder.all<Finished>().size() + recorder.all<Stopped>().size() + recorder.all<Failed>().size();
}

} // namespace

class TestTrainingThread : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void emitsTheResultOfTheLoopLast() {
        EventRecorder recorder;
        TrainingThread session(loopOf([](const auto& request, auto&, const auto& emit) -> RunEnd {
            emit(Started{.runFolder = request.runFolder});
            return Finished{3};
        }));
        session.start({.runFolder = "here"}, recorder.sink());
        session.wait();
        QCOMPARE(recorder.events().size(), std::size_t{2});
        QCOMPARE(recorder.all<Started>()[0].runFolder, std::string("here"));
        QCOMPARE(std::get<Finished>(recorder.events().back()).step, std::int64_t{3});
    }
    void exceptionsBecomeFailed() {
        EventRecorder recorder;
        TrainingThread session(loopOf([](const auto&, auto&, const auto& emit) -> RunEnd {
            emit(Started{});
            emit(StepDone{.step = 8});
            throw std::runtime_error("odd\nException raised from x");
        }));
        session.start({}, recorder.sink());
        session.wait();
        const auto failed = std::get<Failed>(recorder.events().back());
        QCOMPARE(failed.step, std::int64_t{8});
        QCOMPARE(failed.category, std::string("internal"));
        QCOMPARE(failed.message, std::string("odd"));
        QCOMPARE(terminalEvents(recorder), std::size_t{1});
    }
    void stopEndsTheRunOnce() {
        EventRecorder recorder;
        TrainingThread session(endlessLoop());
        session.start({}, recorder.sink());
        recorder.await<StepDone>();
        session.stopAndWait();
        session.stopAndWait();
        QVERIFY(std::holds_alternative<Stopped>(recorder.events().back()));
        QCOMPARE(terminalEvents(recorder), std::size_t{1});
    }
    void destructorStopsAndJoins() {
        EventRecorder recorder;
        for (int i = 0; i < 20; ++i) {
            TrainingThread session(endlessLoop());
            session.start({}, recorder.sink());
        }
        QCOMPARE(recorder.all<Stopped>().size(), std::size_t{20});
    }
    void allowsOneRunAtATime() {
        EventRecorder recorder;
        TrainingThread session(endlessLoop());
        session.start({}, recorder.sink());
        QVERIFY_THROWS_EXCEPTION(Error, session.start({}, recorder.sink()));
        session.stopAndWait();
        session.start({}, recorder.sink());
        recorder.await<Started>(2);
        session.stopAndWait();
        QCOMPARE(recorder.all<Stopped>().size(), std::size_t{2});
    }
    void pausesSavesAndResumes() {
        EventRecorder recorder;
        TrainingThread session(endlessLoop());
        session.start({}, recorder.sink());
        session.pause();
        recorder.await<Paused>();
        session.saveNow();
        recorder.await<CheckpointSaved>();
        QVERIFY(recorder.all<Resumed>().empty());
        session.resume();
        recorder.await<Resumed>();
        session.pause();
        recorder.await<Paused>(2);
        session.stopAndWait();
        QCOMPARE(recorder.all<Resumed>().size(), std::size_t{1});
        QCOMPARE(terminalEvents(recorder), std::size_t{1});
    }
    void validatesOptionsBeforeTheLoopSeesThem() {
        EventRecorder recorder;
        TrainingThread session(endlessLoop());
        QVERIFY_THROWS_EXCEPTION(Error, session.setOption("training.batch_size", "2")); // no run
        session.start({}, recorder.sink());
        QVERIFY_THROWS_EXCEPTION(Error, session.setOption("training.batchsize", "2"));
        QVERIFY_THROWS_EXCEPTION(Error, session.setOption("training.batch_size", "0"));
        QVERIFY_THROWS_EXCEPTION(Error, session.setOption("model.hidden_dim", "128")); // needs a new run
        QVERIFY_THROWS_EXCEPTION(Error, session.setOption("audio.sample_rate", "44100"));
        session.setOption("training.batch_size", "2");
        session.setOption("audio.segment_length", "1.50");
        recorder.await<OptionChanged>(2);
        session.stopAndWait();
        const auto changes = recorder.all<OptionChanged>();
        QCOMPARE(changes.size(), std::size_t{2});
        QCOMPARE(changes[0].key, std::string("training.batch_size"));
        QCOMPARE(changes[1].after, std::string("1.5"));
    }
    void callsWithoutARunHaveNoEffect() {
        TrainingThread session(endlessLoop());
        session.pause();
        session.resume();
        session.saveNow();
        session.requestStop();
        session.wait();
        session.stopAndWait();
    }
    void acceptsCallsFromManyThreads() {
        EventRecorder recorder;
        TrainingThread session(endlessLoop());
        session.start({}, recorder.sink());
        {
            std::vector<std::jthread> callers;
            for (int i = 0; i < 4; ++i)
                callers.emplace_back([&] {
                    for (int k = 0; k < 50; ++k) {
                        session.pause();
                        session.saveNow();
                        session.setOption("training.learning_rate", "0.001");
                        session.resume();
                    }
                });
        }
        recorder.await<OptionChanged>(200);
        session.stopAndWait();
        QCOMPARE(terminalEvents(recorder), std::size_t{1});
    }
};

HEADROOM_TEST_MAIN(TestTrainingThread)
#include "tst_training_thread.moc"
