// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/program/rank_programs.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <cmath>
#include <set>

using namespace headroom;
using test::RankPrograms;

namespace {

/// The largest difference of an element, relative to the largest element of its tensor.
double largestDifference(const TensorMap& found, const TensorMap& expected) {
    double largest = found.size() == expected.size() ? 0 : 1;
    for (const auto& [name, tensor] : expected) {
        const at::Tensor other = found.at(name).to(at::kDouble);
        const double size = std::max(1e-30, tensor.abs().max().item<double>());
        largest = std::max(largest, (other - tensor).abs().max().item<double>() / size);
    }
    return largest;
}

} // namespace

/// Runs of several ranks, as processes on this machine, equal runs of one rank.
class TestRanks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(programs_.train("one", 1), 0); }

    void weightsDoNotDependOnRanks_data() {
        QTest::addColumn<int>("ranks");
        QTest::newRow("2 ranks x 2 steps") << 2;
        QTest::newRow("4 ranks x 1 step") << 4;
    }
    void weightsDoNotDependOnRanks() {
        QFETCH(int, ranks);
        const QString run = QStringLiteral("%1 ranks").arg(ranks);
        QVERIFY2(programs_.train(run, ranks) == 0, programs_.output.constData());
        const Checkpoint one = programs_.newest("one");
        const Checkpoint several = programs_.newest(run);
        QVERIFY(several.state.progress == one.state.progress);
        QCOMPARE(several.state.learningRate.factor, one.state.learningRate.factor);
        QCOMPARE(several.state.progress.update, std::int64_t{5});
        const double weights = largestDifference(several.tensors.weights, one.tensors.weights);
        const double ema = largestDifference(several.tensors.ema, one.tensors.ema);
        QVERIFY2(weights < 1e-6, std::to_string(weights).c_str());
        QVERIFY2(ema < 1e-6, std::to_string(ema).c_str());
    }

    /// Before the first update the weights are the same, so that equal losses are those of equal batches.
    void updatesHaveTheSameBatches_data() { weightsDoNotDependOnRanks_data(); }
    void updatesHaveTheSameBatches() {
        QFETCH(int, ranks);
        const QString run = QStringLiteral("%1 ranks").arg(ranks);
        std::set<double> expected;
        std::set<double> found;
        for (const StepDone& step : programs_.all<StepDone>("one")) {
            if (step.step <= 4)
                expected.insert(step.loss);
        }
        for (int rank = 0; rank < ranks; ++rank) {
            const std::string file = rank == 0 ? "journal.jsonl" : "rank-" + std::to_string(rank) + ".log";
            for (const StepDone& step : programs_.all<StepDone>(run, file.c_str())) {
                if (step.step <= 4)
                    found.insert(step.loss);
            }
        }
        QCOMPARE(expected.size(), std::size_t{4});
        QCOMPARE(found, expected);
    }

    void reportsUpdatesOfAllRanks() {
        const auto steps = programs_.all<StepDone>("one");
        const auto updates = programs_.all<RanksDone>("2 ranks");
        QCOMPARE(updates.size(), std::size_t{5});
        for (std::size_t i = 0; i < updates.size(); ++i) {
            QCOMPARE(updates[i].step, static_cast<std::int64_t>(4 * (i + 1)));
            QCOMPARE(updates[i].peakReserved.size(), std::size_t{2});
            QVERIFY(std::ranges::all_of(updates[i].peakReserved, [](std::int64_t peak) { return peak > 0; }));
            double mean = 0;
            for (std::size_t step = 4 * i; step < 4 * (i + 1); ++step)
                mean += steps[step].loss / 4;
            QVERIFY(std::abs(updates[i].loss - mean) < 1e-5 * std::abs(mean));
        }
        // The rate of an update is that of its last step.
        std::vector<double> expected;
        std::vector<double> found;
        for (const StepDone& step : steps) {
            if (step.gradNorm)
                expected.push_back(step.learningRate);
        }
        for (const StepDone& step : programs_.all<StepDone>("2 ranks")) {
            if (step.gradNorm)
                found.push_back(step.learningRate);
        }
        QCOMPARE(found, expected);
        QCOMPARE(programs_.all<Started>("2 ranks").front().ranks, std::optional(2));
        QVERIFY(!programs_.all<Started>("one").front().ranks);
        QVERIFY(programs_.all<RanksDone>("one").empty());
    }

    /// Rank 0 writes everything, the others a log each.
    void onlyTheFirstRankWritesTheRun() {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(programs_.paths("4 ranks").root)) {
            const std::string name = entry.path().filename().string();
            names.insert(name.starts_with("events.out.tfevents.") ? "tensorboard" : name);
        }
        std::set<std::string> expected = {".lock",      "checkpoints", "config.yaml", "journal.jsonl",
                                          "rank-1.log", "rank-2.log",  "rank-3.log",  "tensorboard"};
        QCOMPARE(names, expected);
        QCOMPARE(programs_.all<CheckpointSaved>("4 ranks").size(), std::size_t{1});
    }

    /// Stopped in the middle of a group of one rank, and continued by other numbers of ranks.
    void resumesWithOtherNumbersOfRanks() {
        QVERIFY2(programs_.train("mixed", 1, {"--max-steps", "6"}) == 0, programs_.output.constData());
        QVERIFY(!programs_.newest("mixed").tensors.group.empty());
        QVERIFY2(programs_.train("mixed", 2, {"--max-steps", "12", "--resume"}) == 0,
                 programs_.output.constData());
        QCOMPARE(programs_.newest("mixed").state.progress.step, std::int64_t{12});
        QVERIFY2(programs_.train("mixed", 4, {"--max-steps", "16", "--resume"}) == 0,
                 programs_.output.constData());
        QVERIFY2(programs_.train("mixed", 1, {"--resume"}) == 0, programs_.output.constData());
        const Checkpoint one = programs_.newest("one");
        const Checkpoint mixed = programs_.newest("mixed");
        QVERIFY(mixed.state.progress == one.state.progress);
        const double weights = largestDifference(mixed.tensors.weights, one.tensors.weights);
        QVERIFY2(weights < 1e-6, std::to_string(weights).c_str());
    }

    /// Bit for bit, with the same number of ranks.
    void resumesExactly() {
        QVERIFY2(programs_.train("parts", 2, {"--max-steps", "8"}) == 0, programs_.output.constData());
        QVERIFY2(programs_.train("parts", 2, {"--resume"}) == 0, programs_.output.constData());
        const std::string difference =
            test::difference(programs_.newest("parts"), programs_.newest("2 ranks"));
        QVERIFY2(difference.empty(), difference.c_str());
    }

    /// The last group of an epoch has fewer steps than there are ranks.
    void sharesGroupsThatAreTooSmall() {
        RankPrograms programs;
        programs.config.training.stepsPerEpoch = 6;
        programs.config.training.numEpochs = 2;
        QCOMPARE(programs.train("one", 1), 0);
        QVERIFY2(programs.train("four", 4) == 0, programs.output.constData());
        const Checkpoint one = programs.newest("one");
        const Checkpoint four = programs.newest("four");
        QVERIFY(four.state.progress == one.state.progress);
        QVERIFY(largestDifference(four.tensors.weights, one.tensors.weights) < 1e-6);
    }

    /// The same songs have the same scores, whichever rank they are on; more ranks than songs are fine.
    void validatesLikeOneRank() {
        RankPrograms programs;
        programs.config.training.validateEveryNEpochs = 1;
        // Updates are so small that the outputs stay equal bit for bit.
        programs.config.training.optimizer = OptimizerKind::Sgd;
        programs.config.training.learningRate = 1e-8;
        programs.config.training.gradClip = 1e-6;
        programs.config.training.weightDecay = 0;
        programs.config.data.validation = std::vector<std::string>{"b", "c", "judge"};
        QCOMPARE(programs.train("one", 1), 0);
        for (const int ranks : {2, 4}) {
            const QString run = QStringLiteral("%1").arg(ranks);
            QVERIFY2(programs.train(run, ranks) == 0, programs.output.constData());
            const auto expected = programs.all<ValidationDone>("one").at(0);
            const auto found = programs.all<ValidationDone>(run).at(0);
            QCOMPARE(found.songs, 3);
            QCOMPARE(found.songs, expected.songs);
            for (const auto& [stem, score] : expected.stems) {
                QCOMPARE(found.stems.at(stem).cSdr, score.cSdr);
                QCOMPARE(found.stems.at(stem).uSdr, score.uSdr);
                QCOMPARE(found.stems.at(stem).siSdr, score.siSdr);
            }
            std::set<std::string> songs;
            for (const ValidationSong& song : programs.all<ValidationSong>(run))
                songs.insert(song.song);
            QCOMPARE(songs, (std::set<std::string>{"b", "c", "judge"}));
        }
    }

    /// torchrun keeps the store, and takes --run for an option of its own.
    void startsUnderTorchrun() {
        const QString python = QString::fromUtf8(HEADROOM_TORCH_PYTHON);
        if (!QFile::exists(python))
            QSKIP("there is no Python with PyTorch");
        QStringList arguments = programs_.arguments("torchrun");
        arguments.replace(arguments.indexOf("--run"), "--run-folder");
        QProcess program;
        program.start(python, QStringList{"-m", "torch.distributed.run", "--standalone", "--nproc-per-node",
                                          "2", "--no-python", HEADROOM_PROGRAM} +
                                  arguments);
        QVERIFY(program.waitForFinished(RankPrograms::timeout));
        QVERIFY2(program.exitCode() == 0, program.readAllStandardError().constData());
        const std::string difference = test::difference(programs_.newest("torchrun").tensors.weights,
                                                        programs_.newest("2 ranks").tensors.weights, "");
        QVERIFY2(difference.empty(), difference.c_str());
    }

    /// One rank under torchrun is a run like any other, bit for bit.
    void oneRankOfALauncherIsAlone() {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const auto& [name, value] :
             {std::pair{"RANK", "0"}, std::pair{"WORLD_SIZE", "1"}, std::pair{"LOCAL_RANK", "0"},
              std::pair{"LOCAL_WORLD_SIZE", "1"}, std::pair{"MASTER_ADDR", "127.0.0.1"},
              std::pair{"MASTER_PORT", "1"}})
            environment.insert(name, value);
        program.setProcessEnvironment(environment);
        programs_.start(program, "alone", 1);
        QVERIFY(program.waitForFinished(RankPrograms::timeout));
        QVERIFY2(program.exitCode() == 0, program.readAllStandardError().constData());
        const std::string difference = test::difference(programs_.newest("alone"), programs_.newest("one"));
        QVERIFY2(difference.empty(), difference.c_str());
    }

private:
    RankPrograms programs_;
};

HEADROOM_TEST_MAIN(TestRanks)
#include "tst_ranks.moc"
