// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/run_history.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace headroom;

namespace {

/// Adds events to a history at times in seconds.
class EventFeeder {
public:
    explicit EventFeeder(RunHistory& history) : history_(history) {}
    EventFeeder& at(double seconds, TrainingEvent event) {
        const auto time = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
        history_.add({EventTime(time), std::move(event)});
        return *this;
    }

private:
    RunHistory& history_;
};

StepDone step(std::int64_t number, double loss = 1) {
    return {.step = number, .epoch = 1, .loss = loss, .forwardSeconds = 0.5, .backwardSeconds = 0.5};
}

double lastEnd(const BucketedSeries& series) {
    return series.end(series.buckets() - 1).step;
}

} // namespace

class TestRunHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The time between a stop and a restart does not count.
    void clockRunsOnlyWhileTheRunIsInProgress() {
        RunHistory history(10);
        EventFeeder(history)
            .at(1000, Started{.totalSteps = 20})
            .at(1002, step(1))
            .at(1004, Stopped{1, ""})
            .at(9000, Started{.step = 1, .totalSteps = 20})
            .at(9003, step(2));
        QCOMPARE(history.seconds(), 7.0);
        QCOMPARE(history.steps().end(1).seconds, 7.0);
        QCOMPARE(history.step(), std::int64_t(2));
        QCOMPARE(history.epochAt(5), 0.5);
    }

    /// After a crash, a run resumes from its last checkpoint.
    void dropsStepsThatAreRepeated() {
        RunHistory history(10);
        EventFeeder feeder(history);
        feeder.at(0, Started{});
        for (int i = 1; i <= 30; ++i)
            feeder.at(i, step(i));
        feeder.at(30.5, ValidationDone{.step = 30, .epoch = 3});
        feeder.at(100, Started{.step = 20}).at(101, step(21, 5));
        QCOMPARE(lastEnd(history.steps()), 21.0);
        QCOMPARE(history.steps().buckets(), std::size_t(21));
        QCOMPARE(history.validations().size(), std::size_t(0));
        QCOMPARE(history.steps().at(RunHistory::Loss, 20).max, 5.0);
        QCOMPARE(history.state(), RunState::Interrupted);
    }

    /// Each event counts the steps of all ranks.
    void severalRanksDoStepsTogether() {
        RunHistory one(100);
        RunHistory four(100);
        EventFeeder(one).at(0, Started{.totalSteps = 100}).at(1, step(1)).at(2, step(2));
        EventFeeder(four)
            .at(0, Started{.totalSteps = 100, .ranks = 4})
            .at(1, step(4))
            .at(1, RanksDone{.step = 4, .exchangeSeconds = 0.25, .peakReserved = {1, 2, 3, 4}})
            .at(2, step(8));
        QCOMPARE(one.stepsPerSecond(), 1.0);
        QCOMPARE(one.exchangeShare(), 0.0);
        QVERIFY(!one.lastRanks());
        const double seconds = 0.95 * (1 + 0.25) + 1;
        QVERIFY(std::abs(four.stepsPerSecond() - 4 * 1.95 / seconds) < 1e-12);
        QVERIFY(std::abs(four.exchangeShare() - 0.95 * 0.25 / seconds) < 1e-12);
        QCOMPARE(four.lastRanks()->peakReserved.size(), std::size_t{4});
        QVERIFY(four.marks().empty());
    }

    void pauseIsOneMarkWithItsDuration() {
        RunHistory history;
        EventFeeder(history).at(0, Started{}).at(1, step(1)).at(2, Paused{1}).at(62, Resumed{1});
        QCOMPARE(history.marks().size(), std::size_t(1));
        QCOMPARE(history.marks()[0].seconds, 60.0);
        QCOMPARE(history.marks()[0].position.step, 1.0);
    }

    void marksEventsThatAreNotInCurves() {
        RunHistory history;
        EventFeeder(history)
            .at(0, Started{})
            .at(1, OptionChanged{1, "training.batch_size", "5", "2"})
            .at(2, OutOfMemory{.step = 1})
            .at(3, Notice{"text"})
            .at(4, CheckpointSaved{1, "path"})
            .at(5, Finished{1});
        QCOMPARE(history.marks().size(), std::size_t(3));
        QVERIFY(history.state() != RunState::Interrupted);
        QCOMPARE(history.lastSave()->time_since_epoch(), std::chrono::milliseconds(4000));
    }

    /// Samples within a step lie between two steps, in order.
    void placesMemorySamplesWithinTheStep() {
        RunHistory history;
        EventFeeder feeder(history);
        feeder.at(0, Started{});
        feeder.at(1, step(1));
        for (int i = 1; i <= 30; ++i) // the step takes three times as long as the previous one
            feeder.at(1 + i * 0.1, MemorySample{.memory = {.allocated = i, .deviceTotal = 100}});
        StepDone second = step(2);
        second.memory = MemoryUse{.allocated = 7, .reserved = 9, .peakReserved = 40, .deviceTotal = 100};
        feeder.at(4, second);
        const BucketedSeries& memory = history.memory();
        QCOMPARE(memory.buckets(), std::size_t(31));
        for (std::size_t i = 0; i + 1 < memory.buckets(); ++i) {
            QVERIFY(memory.end(i).step >= 1 && memory.end(i).step < 2);
            QVERIFY(memory.end(i).step <= memory.end(i + 1).step);
        }
        QCOMPARE(lastEnd(memory), 2.0);
        QCOMPARE(memory.at(RunHistory::Others, 3).count, 0);
        QCOMPARE(history.deviceTotal(), std::int64_t(100));
    }

    void memoryIsBoundedForAMillionSteps() {
        RunHistory history(10000);
        EventFeeder feeder(history);
        feeder.at(0, Started{});
        std::size_t mostBuckets = 0;
        for (int i = 1; i <= 1000000; ++i) {
            feeder.at(i * 0.5, step(i, i == 654321 ? -99 : 1));
            if (i == 100000)
                mostBuckets = 2 * history.steps().buckets();
        }
        QVERIFY(history.steps().buckets() <= mostBuckets);
        QVERIFY(history.steps().buckets() <= 16384);
        double least = 0;
        std::int64_t count = 0;
        for (std::size_t i = 0; i < history.steps().buckets(); ++i) {
            least = std::min(least, history.steps().at(RunHistory::Loss, i).min);
            count += history.steps().at(RunHistory::Loss, i).count;
        }
        QCOMPARE(least, -99.0);
        QCOMPARE(count, std::int64_t(1000000));
    }

    void rateFollowsRecentSteps() {
        RunHistory history;
        EventFeeder feeder(history);
        QCOMPARE(history.stepsPerSecond(), 0.0);
        feeder.at(0, Started{});
        for (int i = 1; i <= 100; ++i)
            feeder.at(i, step(i));
        QVERIFY(std::abs(history.stepsPerSecond() - 1) < 1e-9);
        for (int i = 101; i <= 300; ++i)
            feeder.at(i, StepDone{.step = i, .forwardSeconds = 0.1});
        QVERIFY(std::abs(history.stepsPerSecond() - 10) < 0.1);
    }
};

HEADROOM_TEST_MAIN(TestRunHistory)
#include "tst_run_history.moc"
