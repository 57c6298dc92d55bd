// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/services.h"
#include "tests/app/program/rank_programs.h"
#include "tests/support/event_recorder.h"
#include "tests/support/strict_main.h"

#include <memory>
#include <optional>
#include <unistd.h>

using namespace headroom;
using test::RankPrograms;

namespace {

constexpr int timeout = RankPrograms::timeout;

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

} // namespace

/// The window's session with several ranks, which are processes.
class TestRankLoop : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Runs last until something ends them.
    void init() {
        programs_ = std::make_unique<RankPrograms>();
        programs_->config.training.stepsPerEpoch = 100000;
        recorder_.emplace();
        session_ = makeYieldingTrainingSession({HEADROOM_PROGRAM, {"OMP_NUM_THREADS=1"}});
    }
    void cleanup() { session_.reset(); }

    void trainsToTheEnd() {
        start({.maxSteps = 8});
        session_->wait();
        const auto started = recorder_->all<Started>();
        QCOMPARE(started.size(), std::size_t{1});
        QCOMPARE(started[0].ranks, std::optional(2));
        QCOMPARE(started[0].startedBy, std::optional<std::string>("window"));
        QCOMPARE(recorder_->all<RanksDone>().size(), std::size_t{2});
        QVERIFY(std::holds_alternative<Finished>(recorder_->events().back()));
        QCOMPARE(programs_->newest("run").state.progress.step, std::int64_t{8});
        QVERIFY(programs_->newest("run").config == programs_->config);

        start({.maxSteps = 12, .resume = true});
        session_->wait();
        QCOMPARE(recorder_->all<Started>().back().step, std::int64_t{8});
        QCOMPARE(programs_->newest("run").state.progress.step, std::int64_t{12});
    }

    void stopSavesOnce() {
        start();
        recorder_->await<RanksDone>(2);
        session_->requestStop();
        session_->wait();
        const auto stopped = recorder_->all<Stopped>();
        QCOMPARE(stopped.size(), std::size_t{1});
        QVERIFY(std::holds_alternative<Stopped>(recorder_->events().back()));
        QCOMPARE(stopped[0].unsaved, std::string());
        QCOMPARE(recorder_->all<CheckpointSaved>().size(), std::size_t{1});
        QCOMPARE(programs_->newest("run").state.progress.step, stopped[0].step);
        QCOMPARE(programs_->all<Stopped>("run", "rank-1.log").at(0).step, stopped[0].step);
    }

    void forwardsRequests() {
        start();
        recorder_->await<RanksDone>();
        session_->pause();
        recorder_->await<Paused>();
        session_->saveNow();
        recorder_->await<CheckpointSaved>();
        QCOMPARE(recorder_->all<CheckpointSaved>()[0].step, recorder_->all<Paused>()[0].step);
        session_->resume();
        recorder_->await<Resumed>();
        session_->setOption("training.learning_rate", "2e-4");
        recorder_->await<OptionChanged>();
        session_->stopAndWait();
        QCOMPARE(recorder_->all<OptionChanged>()[0].key, std::string("training.learning_rate"));
        QCOMPARE(programs_->newest("run").config.training.learningRate, 2e-4);
    }

    void destructionStopsTheRanks() {
        start();
        recorder_->await<RanksDone>();
        session_.reset();
        QVERIFY(test::childrenOf(::getpid()).empty());
        const auto stopped = recorder_->all<Stopped>();
        QCOMPARE(stopped.size(), std::size_t{1});
        QCOMPARE(programs_->newest("run").state.progress.step, stopped[0].step);
    }

    void failureNamesTheRank_data() {
        QTest::addColumn<int>("rank");
        QTest::newRow("first") << 0;
        QTest::newRow("second") << 1;
    }
    void failureNamesTheRank() {
        QFETCH(int, rank);
        start();
        recorder_->await<RanksDone>(2);
        const auto launchers = test::childrenOf(::getpid());
        QCOMPARE(launchers.size(), std::size_t{1});
        const auto ranks = test::childrenOf(launchers[0]);
        QCOMPARE(ranks.size(), std::size_t{2});
        ::kill(ranks[static_cast<std::size_t>(rank)], SIGKILL);
        session_->wait();
        QVERIFY(std::holds_alternative<Failed>(recorder_->events().back()));
        const std::string message = recorder_->all<Failed>()[0].message;
        const std::string ended = "rank " + std::to_string(rank) + " was ended by signal 9 (Killed)";
        QVERIFY2(contains(message, ended.c_str()), message.c_str());
        if (rank != 0) // as rank 0 reports it
            QVERIFY2(contains(message, "rank 1 was lost"), message.c_str());
        QVERIFY(test::childrenOf(::getpid()).empty());
    }

    void refusesUnequalShares() {
        programs_->config.training.gradientAccumulationSteps = 3;
        start();
        session_->wait();
        const auto failed = recorder_->all<Failed>();
        QCOMPARE(failed.size(), std::size_t{1});
        QCOMPARE(failed[0].category, std::string("input"));
        QVERIFY2(contains(failed[0].message + failed[0].remedy,
                          "The nearest numbers that they can share are 2 and 4."),
                 failed[0].remedy.c_str());
        QVERIFY(!std::filesystem::exists(programs_->paths("run").root));
    }

    /// What one rank refuses is told as the rank says it.
    void reportsARefusal() {
        programs_->config.data.root += "/nowhere";
        start();
        session_->wait();
        const auto failed = recorder_->all<Failed>();
        QCOMPARE(failed.size(), std::size_t{1});
        QCOMPARE(failed[0].category, std::string("input"));
        QVERIFY2(contains(failed[0].message, "nowhere"), failed[0].message.c_str());
    }

    void reportsAMissingProgram() {
        session_ = makeYieldingTrainingSession({"/nowhere/headroom", {}});
        start();
        session_->wait();
        const std::string message = recorder_->all<Failed>().at(0).message;
        QVERIFY2(contains(message, "/nowhere/headroom"), message.c_str());
    }

private:
    void start(TrainingRequest request = {}) {
        request.config = programs_->config;
        request.runFolder = programs_->folder("run").toStdString();
        request.device = "cpu";
        request.startedBy = "window";
        request.startRanks = 2;
        session_->start(request, recorder_->sink());
    }

    std::unique_ptr<RankPrograms> programs_;
    std::optional<test::EventRecorder> recorder_;
    std::unique_ptr<TrainingSession> session_; // after what its events are recorded in
};

HEADROOM_TEST_MAIN(TestRankLoop)
#include "tst_rank_loop.moc"
