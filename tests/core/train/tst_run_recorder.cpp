// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/run_recorder.h"
#include "tests/support/event_recorder.h"
#include "tests/support/read_journal.h"
#include "tests/support/strict_main.h"

#include <QDir>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <sys/resource.h>

using namespace headroom;
using headroom::test::EventRecorder;

namespace {

/// RAII: limits the file size of this process, which simulates a full disk.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit before_{};
};

} // namespace

class TestRunRecorder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recordsAndForwardsEveryEvent() {
        const QTemporaryDir folder;
        const RunPaths paths{folder.path().toStdString()};
        EventRecorder received;
        RunRecorder recorder(paths, received.sink());
        recorder.record(Started{});
        recorder.record(StepDone{.step = 1, .loss = 2});
        recorder.record(Finished{1});
        const auto journal = test::readJournal(paths.journal());
        QCOMPARE(journal.events.size(), std::size_t{3});
        QCOMPARE(std::get<StepDone>(journal.events[1].event).loss, 2.0);
        QCOMPARE(received.events().size(), std::size_t{3});
        QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("events.out.tfevents.*")}, QDir::Files).size(),
                 1);
    }
    void keepsEventsWhileDiskIsFull() {
        const QTemporaryDir folder;
        const RunPaths paths{folder.path().toStdString()};
        EventRecorder received;
        RunRecorder recorder(paths, received.sink());
        recorder.record(Started{});
        {
            const FileSizeLimit full(1);
            for (std::int64_t step = 1; step <= 5; ++step) {
                recorder.record(StepDone{.step = step});
                recorder.record(CheckpointSaved{.step = step}); // has no scalars
            }
        }
        QCOMPARE(test::readJournal(paths.journal()).events.size(), std::size_t{1});
        QCOMPARE(received.all<StepDone>().size(), std::size_t{5});
        QCOMPARE(received.all<Notice>().size(), std::size_t{2}); // once for each file
        recorder.record(Finished{5});
        const auto journal = test::readJournal(paths.journal());
        QCOMPARE(journal.events.size(), std::size_t{14});
        // The notices are in the journal too.
        QCOMPARE(std::ranges::count_if(
                     journal.events,
                     [](const TimedEvent& timed) { return std::holds_alternative<Notice>(timed.event); }),
                 2);
        QVERIFY(journal.notes.empty());
        QVERIFY(std::holds_alternative<Finished>(journal.events.back().event));
    }
};

HEADROOM_TEST_MAIN(TestRunRecorder)
#include "tst_run_recorder.moc"
