// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/services.h"
#include "core/support/error.h"
#include "core/support/thread_priority.h"
#include "core/values/event_json.h"
#include "tests/core/train/tiny_run.h"
#include "tests/support/event_recorder.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <sys/resource.h>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> linesOf(const fs::path& path) {
    std::vector<std::string> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

} // namespace

class TestTrainingWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void init() {
        recorder_.emplace();
        request_ = {};
        request_.config = run_.config();
        request_.config.training.numEpochs = 1000; // longer than any test waits
        request_.config.training.validateEveryNEpochs = 1000;
        request_.config.training.numWorkers = 2;
        request_.device = "cpu";
        request_.runFolder = freshFolder();
    }

    void emitsOneFinalEvent() {
        request_.maxSteps = 4;
        const auto session = makeTrainingSession();
        session->start(request_, recorder_->sink());
        session->wait();
        expectOneEnd<Finished>();
        QCOMPARE(recorder_->all<Started>().size(), std::size_t(1));
        QCOMPARE(recorder_->all<StepDone>().size(), std::size_t(4));
    }

    void yieldingSessionHasLowPriority() {
        request_.maxSteps = 1;
        std::atomic<int> niceness = -1;
        const int own = getpriority(PRIO_PROCESS, 0);
        const auto session = makeYieldingTrainingSession({});
        session->start(request_, [&](const TrainingEvent& event) {
            if (std::holds_alternative<StepDone>(event))
                niceness = getpriority(PRIO_PROCESS, 0);
        });
        session->wait();
        QCOMPARE(niceness.load(), std::max(own, static_cast<int>(ThreadPriority::Training)));
    }

    void stopIsPromptAndSaves() {
        const auto session = makeTrainingSession();
        session->start(request_, recorder_->sink());
        recorder_->await<StepDone>(2);
        session->requestStop();
        session->wait();
        expectOneEnd<Stopped>();
        const auto stopped = recorder_->all<Stopped>().at(0);
        QCOMPARE(stopped.unsaved, std::string());
        QCOMPARE(stopped.step, recorder_->all<StepDone>().back().step);
        QCOMPARE(recorder_->all<CheckpointSaved>().back().step, stopped.step);
    }

    void destructionJoinsAndSaves() {
        {
            const auto session = makeTrainingSession();
            session->start(request_, recorder_->sink());
            recorder_->await<StepDone>(1);
        }
        expectOneEnd<Stopped>();
        QVERIFY(!recorder_->all<CheckpointSaved>().empty());
    }

    /// Memory samples are emitted, but not written to the journal.
    void emitsMemorySamples() {
        const std::set<std::string> phases = {"data", "forward", "backward", "update", "validation"};
        const auto session = makeTrainingSession();
        session->start(request_, recorder_->sink());
        recorder_->await<MemorySample>(5);
        session->stopAndWait();
        expectOneEnd<Stopped>();
        double before = -1;
        for (const MemorySample& sample : recorder_->all<MemorySample>()) {
            QVERIFY(phases.contains(sample.phase));
            QVERIFY(sample.memory.allocated > 0);
            QVERIFY(sample.memory.peakAllocated >= sample.memory.allocated);
            QVERIFY(sample.seconds > before);
            before = sample.seconds;
        }
        for (const std::string& line : linesOf(fs::path(request_.runFolder) / "journal.jsonl"))
            QVERIFY(!std::holds_alternative<MemorySample>(fromJsonLine(line).event));
    }

    void pauseHoldsRun() {
        const auto session = makeTrainingSession();
        session->start(request_, recorder_->sink());
        recorder_->await<StepDone>(1);
        session->pause();
        recorder_->await<Paused>();
        const auto held = recorder_->all<StepDone>().size();
        session->saveNow();
        recorder_->await<CheckpointSaved>();
        QCOMPARE(recorder_->all<StepDone>().size(), held);
        session->resume();
        recorder_->await<StepDone>(held + 1);
        QCOMPARE(recorder_->all<Resumed>().size(), std::size_t(1));
        session->stopAndWait();
        expectOneEnd<Stopped>();
    }

    void changesOptionsAtNextStep() {
        const auto session = makeTrainingSession();
        session->start(request_, recorder_->sink());
        recorder_->await<StepDone>(1);
        session->setOption("training.batch_size", "1");
        QVERIFY_THROWS_EXCEPTION(Error, session->setOption("model.hidden_dim", "32"));
        QVERIFY_THROWS_EXCEPTION(Error, session->setOption("training.batch_size", "0"));
        recorder_->await<OptionChanged>();
        session->stopAndWait();
        const auto changes = recorder_->all<OptionChanged>();
        QCOMPARE(changes.size(), std::size_t(1));
        QCOMPARE(changes[0].before, std::string("2"));
        QCOMPARE(changes[0].after, std::string("1"));
    }

    void reportsOnlyFailureIfRunCannotStart() {
        request_.config.data.root = "/nowhere";
        std::vector<std::string> lines;
        const auto session = makeTrainingSession([&](const std::string& line) { lines.push_back(line); });
        session->start(request_, recorder_->sink());
        session->wait();
        QCOMPARE(recorder_->events().size(), std::size_t(1));
        QCOMPARE(recorder_->all<Failed>().at(0).category, std::string("input"));
        QCOMPARE(lines.size(), std::size_t(1));
        QVERIFY(!fs::exists(request_.runFolder));
    }

    /// One session can run several times. The emitted lines equal the journal.
    void runsSeveralRunsInSequence() {
        std::vector<std::string> lines;
        const auto session = makeTrainingSession([&](const std::string& line) { lines.push_back(line); });
        request_.maxSteps = 2;
        session->start(request_, recorder_->sink());
        session->wait();
        request_.maxSteps = 4;
        request_.resume = true;
        session->start(request_, recorder_->sink());
        session->wait();
        QCOMPARE(recorder_->all<Finished>().size(), std::size_t(2));
        QCOMPARE(lines, linesOf(fs::path(request_.runFolder) / "journal.jsonl"));
    }

    void refusesSecondStart() {
        const auto session = makeTrainingSession();
        session->start(request_, recorder_->sink());
        recorder_->await<StepDone>(1);
        QVERIFY_THROWS_EXCEPTION(Error, session->start(request_, recorder_->sink()));
        session->stopAndWait();
        expectOneEnd<Stopped>();
    }

private:
    std::string freshFolder() {
        return (fs::path(temporary_.path().toStdString()) / std::to_string(++folders_)).string();
    }

    template <typename End>
    void expectOneEnd() const {
        const auto events = recorder_->events();
        QCOMPARE(std::count_if(events.begin(), events.end(), isEnd), std::ptrdiff_t(1));
        QVERIFY(std::holds_alternative<End>(events.back()));
        QVERIFY(std::holds_alternative<Started>(events.front()));
    }

    test::TinyRun run_;
    QTemporaryDir temporary_;
    int folders_ = 0;
    std::optional<test::EventRecorder> recorder_;
    TrainingRequest request_;
};

HEADROOM_TEST_MAIN(TestTrainingWorker)
#include "tst_training_worker.moc"
