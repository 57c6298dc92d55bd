// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/program/rank_programs.h"
#include "tests/app/program/two_ranks.h"
#include "tests/core/train/training_runner.h"
#include "tests/support/scarce_memory.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>

#include <cmath>
#include <csignal>

using namespace headroom;
using test::RankPrograms;
using test::ScarceMemory;

/// A rank with too little memory. It is this process, whose memory can be limited; rank 0 is another one.
class TestRankMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        std::signal(SIGPIPE, SIG_IGN); // as the programs do
        at::set_num_threads(1);
        ScarceMemory::install();
    }
    void cleanup() { ScarceMemory::install().setUnlimited(); }

    /// An update has two steps on each rank. Rank 1 does the first one of the second update in parts.
    void redoesItsStepsWhileTheOtherWaits() {
        RankPrograms programs;
        programs.config.training.batchSize = 4;
        programs.config.training.validateEveryNEpochs = 1000;
        QVERIFY2(programs.train("ample", 2) == 0, programs.output.constData());

        test::TwoRanks ranks;
        ranks[0].setStandardOutputFile(QProcess::nullDevice());
        ranks[0].setStandardErrorFile(QProcess::nullDevice());
        ranks.start(0, programs.arguments("scarce"));
        const test::RunOutcome outcome =
            test::train({.config = programs.config,
                         .runFolder = programs.folder("scarce").toStdString(),
                         .device = "cpu",
                         .place = {.rank = 1,
                                   .ranks = 2,
                                   .localRank = 1,
                                   .localRanks = 2,
                                   .host = "127.0.0.1",
                                   .port = ranks.port()}},
                        [](const TrainingEvent& event, RunControl&) { limitMemory(event); });
        QVERIFY(ranks[0].waitForFinished(RankPrograms::timeout));
        QCOMPARE(ranks[0].exitCode(), 0);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));

        const auto shortages = programs.all<OutOfMemory>("scarce", "rank-1.log");
        QCOMPARE(shortages.size(), std::size_t{1});
        QCOMPARE(shortages[0].microBatchBefore, 4);
        QCOMPARE(shortages[0].microBatchAfter, 2);
        QVERIFY(programs.all<OutOfMemory>("scarce").empty());
        const auto expected = programs.all<RanksDone>("ample");
        const auto found = programs.all<RanksDone>("scarce");
        QCOMPARE(expected.size(), std::size_t{5});
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i)
            QVERIFY(std::abs(found[i].loss - expected[i].loss) < 1e-4 * std::abs(expected[i].loss));
    }

private:
    /// Between the first update and the next step of this rank, there is a little less than a step needs.
    static void limitMemory(const TrainingEvent& event) {
        constexpr double share = 0.8;
        ScarceMemory& memory = ScarceMemory::install();
        const auto* done = std::get_if<StepDone>(&event);
        if (done != nullptr && done->step == 4)
            memory.setLimit(memory.allocated() + static_cast<std::int64_t>(
                                                     share * static_cast<double>(done->memory->peakAllocated -
                                                                                 done->memory->allocated)));
        else if (done != nullptr)
            memory.setUnlimited();
    }
};

HEADROOM_TEST_MAIN(TestRankMemory)
#include "tst_rank_memory.moc"
