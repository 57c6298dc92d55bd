// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/train/trainer_fixture.h"
#include "tests/support/read_journal.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>

#include <variant>

using namespace headroom;
using test::RunOutcome;

/// Events, pauses and stops of a run.
class TestTrainer : public QObject, private test::TrainerFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void init() { reset(); }

    void emitsEventsOfEntireRun() {
        const RunOutcome outcome = test::train(config_, folder_, 0);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        const auto started = outcome.all<Started>();
        QCOMPARE(started.size(), std::size_t(1));
        QVERIFY(std::holds_alternative<Started>(outcome.events.front()));
        QCOMPARE(started[0].totalSteps, std::int64_t(20));
        QVERIFY(started[0].parameters > 0);

        const auto steps = outcome.all<StepDone>();
        QCOMPARE(steps.size(), std::size_t(20));
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const int inEpoch = static_cast<int>(i % 5) + 1;
            QCOMPARE(steps[i].step, std::int64_t(i) + 1);
            QCOMPARE(steps[i].epoch, static_cast<int>(i / 5) + 1);
            // Groups of 3 and, at the end of the epoch, 2 steps.
            QCOMPARE(steps[i].gradNorm.has_value(), inEpoch == 3 || inEpoch == 5);
            QCOMPARE(steps[i].update, std::int64_t(i / 5 * 2 + (inEpoch >= 3) + (inEpoch == 5)));
            QVERIFY(steps[i].forwardSeconds > 0 && steps[i].backwardSeconds > 0);
            QCOMPARE(steps[i].updateSeconds > 0, steps[i].gradNorm.has_value());
            QVERIFY(steps[i].examplesPerSecond > 0);
            QVERIFY(steps[i].memory && steps[i].memory->allocated > 0);
            QVERIFY(steps[i].memory->peakAllocated >= steps[i].memory->allocated);
        }
        QCOMPARE(steps.back().etaSeconds, 0.0);
        QVERIFY(steps[0].learningRate < steps[3].learningRate); // warm-up, by updates
        QVERIFY(steps[0].learningRate > steps[2].learningRate); // decay, by steps

        QCOMPARE(outcome.all<ValidationDone>().size(), std::size_t(4));
        QCOMPARE(outcome.all<ValidationSong>().size(), std::size_t(4));
        QVERIFY(outcome.all<ValidationDone>()[0].best);
        QVERIFY(outcome.all<ValidationDone>()[0].stems.at("vocals").cSdr);
        QCOMPARE(outcome.all<CheckpointSaved>().size(), std::size_t(4));
        QVERIFY(std::holds_alternative<Finished>(outcome.events.back()));
    }

    void recordsAllEventsInJournal() {
        const RunOutcome first = test::train(config_, folder_, 7);
        const RunOutcome second = test::train(config_, folder_, 0, true);
        const EventLines lines = test::readJournal(folder_ / "journal.jsonl");
        QVERIFY(lines.notes.empty());
        QCOMPARE(lines.events.size(), first.events.size() + second.events.size());
        const EventTime time{};
        for (std::size_t i = 0; i < lines.events.size(); ++i) {
            const auto& expected =
                i < first.events.size() ? first.events[i] : second.events[i - first.events.size()];
            QCOMPARE(toJsonLine(lines.events[i].event, time), toJsonLine(expected, time));
        }
    }

    void savesOnRequest() {
        const RunOutcome outcome =
            test::train(config_, folder_, 4, false,
                        test::afterStep(2, [](RunControl& control) { control.requestSave(); }));
        const auto saved = outcome.all<CheckpointSaved>();
        QCOMPARE(saved.size(), std::size_t(2));
        QCOMPARE(saved[0].step, std::int64_t(2));
        QCOMPARE(saved[1].step, std::int64_t(4));
    }

    void savesWhilePausedAndResumes() {
        const auto react = [](const TrainingEvent& event, RunControl& control) {
            if (const auto* done = std::get_if<StepDone>(&event); done && done->step == 2)
                control.pause();
            if (std::holds_alternative<Paused>(event))
                control.requestSave();
            if (std::holds_alternative<CheckpointSaved>(event))
                control.resume();
        };
        const RunOutcome outcome = test::train(config_, folder_, 4, false, react);
        QCOMPARE(outcome.all<Paused>().size(), std::size_t(1));
        QCOMPARE(outcome.all<Resumed>().size(), std::size_t(1));
        QCOMPARE(outcome.all<Paused>()[0].step, std::int64_t(2));
        QCOMPARE(outcome.all<CheckpointSaved>()[0].step, std::int64_t(2));
        QCOMPARE(outcome.all<StepDone>().size(), std::size_t(4));
    }

    void savesWhenStoppedWhilePaused() {
        const auto react = [](const TrainingEvent& event, RunControl& control) {
            if (std::holds_alternative<StepDone>(event))
                control.pause();
            if (std::holds_alternative<Paused>(event))
                control.requestStop();
        };
        const RunOutcome outcome = test::train(config_, folder_, 0, false, react);
        QCOMPARE(std::get<Stopped>(outcome.end).step, std::int64_t(1));
        QCOMPARE(test::newestCheckpoint(folder_).state.progress.step, std::int64_t(1));
    }
};

HEADROOM_TEST_MAIN(TestTrainer)
#include "tst_trainer.moc"
