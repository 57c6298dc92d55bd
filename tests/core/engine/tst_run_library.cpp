// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/engine/services.h"
#include "core/train/run_folder.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <future>
#include <sys/stat.h>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

EventTime atSecond(int seconds) {
    return EventTime(std::chrono::seconds(seconds));
}

StepDone step(std::int64_t number) {
    return {
        .step = number, .epoch = 2, .forwardSeconds = 0.5, .memory = MemoryUse{.peakReserved = 100 + number}};
}

} // namespace

class TestRunLibrary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { root_ = fs::path(temporary_.path().toStdString()) / std::to_string(++roots_); }

    void listsRunsNewestFirst() {
        write("first",
              {{atSecond(10), Started{.device = "cpu", .totalSteps = 9, .version = "0.1"}},
               {atSecond(11), step(1)},
               {atSecond(12),
                ValidationDone{.stems = {{"a", {.cSdr = 1, .uSdr = 3}}, {"b", {.cSdr = 2}}}, .best = true}},
               {atSecond(13), ValidationDone{.stems = {{"a", {.cSdr = 0}}}}},
               {atSecond(14), step(2)},
               {atSecond(15), Failed{.message = "no more"}}});
        write("second", {{atSecond(20), Started{.startedBy = "window"}},
                         {atSecond(21), step(1)},
                         {atSecond(22), Started{.startedBy = "command line"}}});
        write("third", {{atSecond(30), Started{}}, {atSecond(31), Finished{1}}});
        write("fourth", {});
        fs::create_directories(root_ / "something else");

        const auto runs = list({root_.string()});
        QCOMPARE(runs.size(), std::size_t(4));
        QCOMPARE(fs::path(runs[0].folder).filename().string(), std::string("third"));
        QCOMPARE(runs[0].state, RunState::Finished);
        QCOMPARE(runs[0].startedBy, std::string()); // not recorded by earlier versions
        QCOMPARE(runs[1].state, RunState::Interrupted);
        QCOMPARE(runs[1].startedBy, std::string("window")); // resumed from the command line
        QCOMPARE(runs[2].state, RunState::Failed);
        QCOMPARE(runs[2].failure, std::string("no more"));
        QCOMPARE(runs[2].step, std::int64_t(2));
        QCOMPARE(runs[2].cSdr, std::optional(1.5));
        QCOMPARE(runs[2].uSdr, std::optional(3.0));
        QCOMPARE(runs[2].peakReserved, std::int64_t(102));
        QCOMPARE(runs[2].stepsPerSecond, 2.0);
        QVERIFY(runs[2].config);
        QCOMPARE(runs[3].state, RunState::NotStarted);
    }

    /// Weights decrease by 5 % per step, so that about the last 20 steps count.
    void averagesStepsPerSecondOverLastSteps() {
        std::vector<TimedEvent> events = {{atSecond(0), Started{}}};
        double weights = 0;
        double seconds = 0;
        constexpr int steps = 60;
        for (int i = 1; i <= steps; ++i) {
            const StepDone done{.step = i,
                                .dataSeconds = i <= 30 ? 1.0 : 0.25,
                                .forwardSeconds = 0.01 * i,
                                .backwardSeconds = 0.5,
                                .updateSeconds = i % 6 == 0 ? 0.5 : 0.0};
            events.push_back({atSecond(i), done});
            const double weight = std::pow(0.95, steps - i);
            weights += weight;
            seconds +=
                weight * (done.dataSeconds + done.forwardSeconds + done.backwardSeconds + done.updateSeconds);
        }
        write("run", events);
        const double expected = weights / seconds;
        const double found = list({root_.string()}).at(0).stepsPerSecond;
        QVERIFY2(std::abs(found / expected - 1) < 1e-6, qPrintable(QString::number(found, 'g', 9)));
    }

    void detectsRunningRun() {
        fs::create_directories(root_);
        {
            const RunFolder folder = RunFolder::begin(root_ / "run", {});
            QCOMPARE(list({root_.string()}).at(0).state, RunState::Running);
        }
        QCOMPARE(list({root_.string()}).at(0).state, RunState::NotStarted);
        RunFolder::resume(root_ / "run", {}); // listing has not left a lock
    }

    void reportsUnreadableConfiguration() {
        write("bad", {});
        std::ofstream(root_ / "bad" / "config.yaml") << "model:\n  no_such_key: 1\n";
        const auto runs = list({(root_ / "bad").string()});
        QCOMPARE(runs.size(), std::size_t(1));
        QVERIFY(runs[0].problem.find("no_such_key") != std::string::npos);
    }

    void updatesSummaryOfGrownJournal() {
        write("run", {{atSecond(1), Started{}}});
        const auto store = makeRunStore();
        QCOMPARE(list({root_.string()}, *store).at(0).step, std::int64_t(0));
        write("run", {{atSecond(1), Started{}}, {atSecond(2), step(5)}});
        QCOMPARE(list({root_.string()}, *store).at(0).step, std::int64_t(5));
    }

    void readsOnlyNewEvents() {
        write("run", {{atSecond(1), Started{.device = "cuda:0"}}, {atSecond(2), step(5)}});
        const fs::path journal = root_ / "run" / "journal.jsonl";
        const auto store = makeRunStore();
        QCOMPARE(list({root_.string()}, *store).at(0).device, std::string("cuda:0"));
        {
            // Overwrite the part that was already read.
            std::fstream file(journal, std::ios::in | std::ios::out);
            file << std::string(fs::file_size(journal) - 1, ' ') << '\n';
        }
        std::ofstream(journal, std::ios::app) << toJsonLine(step(6), atSecond(3)) << '\n';
        const RunSummary run = list({root_.string()}, *store).at(0);
        QCOMPARE(run.step, std::int64_t(6));
        QCOMPARE(run.device, std::string("cuda:0"));
        write("run", {{atSecond(1), Started{.device = "cpu"}}}); // another, shorter journal
        QCOMPARE(list({root_.string()}, *store).at(0).device, std::string("cpu"));
    }

    /// The next start of the program reads only what was added to a long journal.
    void keepsSummariesOfLongJournals() {
        qputenv("XDG_CACHE_HOME", (root_ / "cache").string().c_str());
        const fs::path journal = root_ / "run" / "journal.jsonl";
        std::vector<TimedEvent> events = {{atSecond(0), Started{.device = "cuda:0", .startedBy = "window"}}};
        events.push_back({atSecond(1), ValidationDone{.stems = {{"a", {.cSdr = 1.25}}}, .best = true}});
        for (int i = 1; i <= 8000; ++i)
            events.push_back({atSecond(i), step(i)});
        write("run", events);
        QVERIFY(fs::file_size(journal) > std::uintmax_t{1} << 20);
        const RunSummary first = list({root_.string()}).at(0);
        QCOMPARE(first.step, std::int64_t(8000));

        // Damage a part that need not be read again.
        std::fstream(journal, std::ios::in | std::ios::out) << "x";
        QCOMPARE(list({root_.string()}).at(0), first);
        std::ofstream(journal, std::ios::app) << toJsonLine(step(8001), atSecond(8001)) << '\n';
        const RunSummary grown = list({root_.string()}).at(0);
        QCOMPARE(grown.step, std::int64_t(8001));
        QCOMPARE(grown.device, std::string("cuda:0"));

        events.front() = {atSecond(0), Started{.device = "cpu"}};
        events.push_back({atSecond(9000), step(3)}); // another, longer journal of the same name
        write("run", events);
        QCOMPARE(list({root_.string()}).at(0).device, std::string("cpu"));
        QCOMPARE(list({root_.string()}).at(0).step, std::int64_t(3));

        for (const char* text :
             {"", "{", "[]", R"({"version": 1, "runs": {"a": {"end": 1, "journal": {}}}})"}) {
            std::ofstream(root_ / "cache" / "headroom" / "runs.json") << text;
            QCOMPARE(list({root_.string()}).at(0).step, std::int64_t(3));
        }
        qunsetenv("XDG_CACHE_HOME");
    }

    /// The other runs are listed before a long journal is read.
    void answersBeforeReadingLongJournal() {
        write("a", {{atSecond(1), Started{}}});
        write("b", {{atSecond(1), Started{}}});
        std::error_code unsupported;
        fs::resize_file(root_ / "b" / "journal.jsonl", std::uintmax_t{1} << 24, unsupported); // a hole
        std::ofstream(root_ / "b" / "journal.jsonl", std::ios::app) << '\n';
        const auto store = makeRunStore();
        std::vector<RunList> lists;
        std::promise<void> done;
        store->list(4, {root_.string()}, [&](const RunList& list) {
            lists.push_back(list);
            if (list.complete)
                done.set_value();
        });
        done.get_future().wait();
        QCOMPARE(lists.size(), std::size_t(2));
        QCOMPARE(lists[0].runs.size(), std::size_t(1));
        QCOMPARE(lists[1].runs.size(), std::size_t(2));
    }

    /// A downloaded run may contain any kind of file.
    void doesNotBlockOnSpecialFiles() {
        write("run", {});
        QCOMPARE(::mkfifo((root_ / "run" / "journal.jsonl").c_str(), 0600), 0);
        QVERIFY(!list({root_.string()}).at(0).problem.empty());
        fs::remove(root_ / "run" / "journal.jsonl");
        fs::create_symlink("/dev/zero", root_ / "run" / "journal.jsonl");
        QVERIFY(!list({root_.string()}).at(0).problem.empty());
    }

    /// Longer than one read block, so that a line crosses the boundary; the last line is incomplete.
    void readsLongJournalInPieces() {
        std::vector<TimedEvent> events = {{atSecond(0), Started{}}};
        for (int i = 1; i <= 8000; ++i)
            events.push_back({atSecond(i), step(i)});
        write("run", events);
        std::ofstream(root_ / "run" / "journal.jsonl", std::ios::app) << "{\"event\": \"step\", \"ti";
        const auto store = makeRunStore();
        std::promise<void> done;
        std::vector<TimedEvent> read;
        int pieces = 0;
        store->read(7, (root_ / "run").string(), 0, [&](const RunPiece& piece) {
            QCOMPARE(piece.number, std::uint64_t(7));
            read.insert(read.end(), piece.events.begin(), piece.events.end());
            ++pieces;
            if (piece.last) {
                QVERIFY(piece.problem.empty());
                done.set_value();
            }
        });
        done.get_future().wait();
        QVERIFY(pieces > 2);
        QCOMPARE(read.size(), events.size());
        for (std::size_t i = 0; i < read.size(); ++i)
            QCOMPARE(toJsonLine(read[i].event, read[i].time), toJsonLine(events[i].event, events[i].time));
    }

    void continuesReadingFromOffset() {
        const fs::path run = root_ / "run";
        const fs::path journal = run / "journal.jsonl";
        write("run", {{atSecond(1), Started{}}, {atSecond(2), step(1)}});
        const auto store = makeRunStore();
        const auto first = read(*store, run, 0);
        QVERIFY(first.front().fromStart);
        QCOMPARE(events(first), std::size_t(2));
        QCOMPARE(first.back().end, fs::file_size(journal));

        QCOMPARE(events(read(*store, run, first.back().end)), std::size_t(0));
        std::ofstream(journal, std::ios::app) << toJsonLine(step(2), atSecond(3)) << "\n{\"event\": \"st";
        const auto more = read(*store, run, first.back().end);
        QVERIFY(!more.front().fromStart);
        QCOMPARE(events(more), std::size_t(1));
        QVERIFY(more.back().end < fs::file_size(journal)); // the incomplete line is left for the next read

        write("run", {{atSecond(9), Started{}}}); // another run
        const auto other = read(*store, run, first.back().end);
        QVERIFY(other.front().fromStart);
        QCOMPARE(events(other), std::size_t(1));
    }

    void reportsWriterAndCheckpoint() {
        fs::create_directories(root_);
        const auto store = makeRunStore();
        {
            const RunFolder folder = RunFolder::begin(root_ / "run", {});
            const RunPiece piece = read(*store, root_ / "run", 0).back();
            const std::string self = "process " + std::to_string(QCoreApplication::applicationPid());
            QVERIFY2(piece.writer.starts_with(self), piece.writer.c_str());
            QVERIFY(!piece.checkpoint);
        }
        fs::create_directories(root_ / "run" / "checkpoints" / "step-00000040");
        fs::create_directories(root_ / "run" / "checkpoints" / "step-00000007");
        const RunPiece piece = read(*store, root_ / "run", 0).back();
        QCOMPARE(piece.writer, std::string());
        QCOMPARE(piece.checkpoint, std::optional<std::int64_t>(40));
    }

    void reportsMissingJournal() {
        const auto store = makeRunStore();
        std::promise<std::string> problem;
        store->read(1, root_.string(), 0, [&](const RunPiece& piece) { problem.set_value(piece.problem); });
        QVERIFY(!problem.get_future().get().empty());
    }

private:
    void write(const std::string& name, const std::vector<TimedEvent>& events) {
        fs::create_directories(root_ / name);
        std::ofstream(root_ / name / "config.yaml") << dumpConfig({});
        if (events.empty())
            return;
        std::ofstream journal(root_ / name / "journal.jsonl");
        for (const TimedEvent& event : events)
            journal << toJsonLine(event.event, event.time) << '\n';
    }

    static std::vector<RunPiece> read(RunStore& store, const fs::path& folder, std::uint64_t from) {
        std::promise<void> done;
        std::vector<RunPiece> pieces;
        store.read(5, folder.string(), from, [&](const RunPiece& piece) {
            pieces.push_back(piece);
            if (piece.last)
                done.set_value();
        });
        done.get_future().wait();
        return pieces;
    }
    static std::size_t events(const std::vector<RunPiece>& pieces) {
        std::size_t count = 0;
        for (const RunPiece& piece : pieces)
            count += piece.events.size();
        return count;
    }

    static std::vector<RunSummary> list(const std::vector<std::string>& folders, RunStore& store) {
        std::promise<RunList> promise;
        store.list(3, folders, [&](const RunList& list) { promise.set_value(list); });
        const RunList list = promise.get_future().get();
        return list.number == 3 ? list.runs : std::vector<RunSummary>{};
    }
    static std::vector<RunSummary> list(const std::vector<std::string>& folders) {
        return list(folders, *makeRunStore());
    }

    QTemporaryDir temporary_;
    fs::path root_;
    int roots_ = 0;
};

HEADROOM_TEST_MAIN(TestRunLibrary)
#include "tst_run_library.moc"
