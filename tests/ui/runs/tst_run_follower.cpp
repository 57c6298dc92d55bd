// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/session/run_paths.h"
#include "core/session/training_thread.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/bridge/run_archive.h"
#include "ui/configuration/config_model.h"
#include "ui/runs/run_follower.h"
#include "ui/runs/run_model.h"

#include <QDir>
#include <QFile>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// A store whose answers the test gives.
class ManualStore final : public RunStore {
public:
    struct Read {
        std::uint64_t number;
        std::uint64_t from;
        std::function<void(const RunPiece&)> answer;
    };
    void list(std::uint64_t, std::vector<std::string>, std::function<void(const RunList&)>) override {}
    void read(std::uint64_t number, const std::string&, std::uint64_t from,
              std::function<void(const RunPiece&)> answer) override {
        reads.push_back({number, from, std::move(answer)});
    }
    void cancel(std::uint64_t number) override { canceled.push_back(number); }

    /// Answers the newest read with its last piece.
    void finish(std::vector<TimedEvent> events, std::uint64_t end) {
        const Read newest = reads.back();
        newest.answer({.number = newest.number,
                       .events = std::move(events),
                       .end = end,
                       .fromStart = newest.from == 0,
                       .last = true});
    }

    std::vector<Read> reads;
    std::vector<std::uint64_t> canceled;
};

std::vector<TimedEvent> step(std::int64_t number) {
    return {{EventTime{}, StepDone{.step = number}}};
}

/// A follower of an open run. When it is resumed, a scripted loop trains it for one step.
struct Bench {
    Bench() {
        auto owned = std::make_unique<ManualStore>();
        store = owned.get();
        archive = std::make_unique<RunArchive>(std::move(owned));
        follower = std::make_unique<RunFollower>(*archive, run);
        write("config.yaml", dumpConfig({}));
        run.open(folder.path());
    }
    void write(const char* name, const std::string& text) const {
        QFile file(folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(text.c_str());
    }

    QTemporaryDir folder;
    ConfigModel config;
    RunModel run{std::make_unique<TrainingThread>(std::make_unique<test::ScriptedLoop>(
                     std::vector<TrainingEvent>{Started{.step = 5, .totalSteps = 9}, StepDone{.step = 6}})),
                 config};
    ManualStore* store;
    std::unique_ptr<RunArchive> archive;
    std::unique_ptr<RunFollower> follower;
};

} // namespace

class TestRunFollower : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void continuesFromTheLastPosition() {
        Bench bench;
        QCOMPARE(bench.store->reads.size(), std::size_t(1));
        QCOMPARE(bench.store->reads[0].from, std::uint64_t(0));
        bench.store->finish(step(3), 100);
        QTRY_COMPARE(bench.store->reads.size(), std::size_t(2));
        QCOMPARE(bench.store->reads[1].from, std::uint64_t(100));
        bench.store->finish(step(4), 120);
        QTRY_COMPARE(bench.run.history().step(), 4);
        QCOMPARE(bench.run.history().steps().buckets(), std::size_t(2));
    }

    /// Then the session emits the events; afterwards the journal is followed from its end.
    void doesNotReadWhileTheRunTrainsHere() {
        Bench bench;
        bench.store->finish(step(5), 100);
        QTRY_COMPARE(bench.run.history().step(), 5);
        bench.run.resumeRun();
        QTRY_COMPARE(bench.store->reads.size(), std::size_t(2)); // first reads what others added
        QCOMPARE(bench.store->reads[1].from, std::uint64_t(100));
        QVERIFY(!bench.run.trainsHere());
        bench.write("journal.jsonl", std::string(300, '\n'));
        bench.store->finish({}, 100);
        QTRY_COMPARE(bench.run.state(), RunActivity::Ended);
        QCOMPARE(bench.run.history().step(), 6);
        QTRY_COMPARE(bench.store->reads.size(), std::size_t(3));
        QCOMPARE(bench.store->reads[2].from, std::uint64_t(300));
    }

    void readsAnotherRunFromItsStart() {
        Bench bench;
        bench.run.open(bench.folder.path());
        QCOMPARE(bench.store->canceled, std::vector<std::uint64_t>{bench.store->reads[0].number});
        bench.store->reads[0].answer(
            {.number = bench.store->reads[0].number, .events = step(8), .last = true});
        bench.store->finish(step(3), 100);
        QTRY_VERIFY(bench.run.history().step() != 0);
        QCOMPARE(bench.run.history().step(), 3);
    }

    void stoppingDuringTheReadCancelsTheResume() {
        Bench bench;
        bench.run.resumeRun();
        QVERIFY(bench.run.running());
        bench.run.stop();
        QVERIFY(!bench.run.running());
        bench.store->finish(step(3), 100);
        QTRY_COMPARE(bench.run.history().step(), 3);
        QVERIFY(!bench.run.running());
    }
};

HEADROOM_UI_TEST_MAIN(TestRunFollower)
#include "tst_run_follower.moc"
