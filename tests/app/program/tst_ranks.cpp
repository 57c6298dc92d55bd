// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensors.h"
#include "tests/app/program/rank_programs.h"
#include "tests/app/program/two_ranks.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

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

    /// The outputs are so large that no gradient is finite: each update is skipped, and its segments are
    /// listed.
    void updatesHaveTheSameExamples() {
        RankPrograms programs;
        TensorMap weights = programs_.newest("one").tensors.weights;
        for (auto& [name, tensor] : weights)
            if (name.starts_with("mask_estimators.") && name.ends_with(".2.weight"))
                tensor = tensor * 1e20;
        QTemporaryDir folder;
        const std::string file = folder.filePath("large.safetensors").toStdString();
        writeSafetensors(file, weights);
        programs.config.training.initFrom = file;
        programs.config.training.nonFiniteLimit = 1000;
        std::vector<std::set<std::string>> expected; // by update
        for (const int ranks : {1, 2, 4}) {
            const QString run = QString::number(ranks);
            QVERIFY2(programs.train(run, ranks) == 0, programs.output.constData());
            std::vector<std::set<std::string>> found;
            for (const NonFinite& skipped : programs.all<NonFinite>(run))
                found.emplace_back(skipped.examples.begin(), skipped.examples.end());
            QCOMPARE(found.size(), std::size_t{5});
            QVERIFY(found[0].size() > 4 && found[0] != found[1]);
            if (ranks == 1)
                expected = found;
            QVERIFY(found == expected);
        }
    }

    /// The weights hardly change, so that equal losses are those of equal batches: the same segments with the
    /// same augmentation.
    void updatesHaveTheSameBatches() {
        RankPrograms programs;
        programs.config.training.optimizer = OptimizerKind::Sgd;
        programs.config.training.learningRate = 1e-8;
        programs.config.training.gradClip = 1e-6;
        programs.config.training.weightDecay = 0;
        programs.config.audio.segmentShortening = 0.5;
        std::vector<std::set<double>> expected; // by update
        for (const int ranks : {1, 2, 4}) {
            const QString run = QString::number(ranks);
            QVERIFY2(programs.train(run, ranks) == 0, programs.output.constData());
            std::vector<std::set<double>> found(5);
            for (int rank = 0; rank < ranks; ++rank) {
                const std::string file = rank == 0 ? "journal.jsonl" : fmt::format("rank-{}.log", rank);
                for (const StepDone& step : programs.all<StepDone>(run, file.c_str()))
                    found.at(static_cast<std::size_t>(step.step - 1) / 4).insert(step.loss);
            }
            QVERIFY(std::ranges::all_of(found, [](const auto& losses) { return losses.size() == 4; }));
            if (ranks == 1)
                expected = found;
            QVERIFY(found == expected);
        }
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

    /// SLURM's variables, with the address and port that its batch script sets.
    void startsUnderSlurm() {
        test::TwoRanks ranks;
        for (int rank = 0; rank < 2; ++rank) {
            QProcessEnvironment environment = ranks[rank].processEnvironment();
            for (const char* name : {"RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE"})
                environment.remove(name);
            environment.insert("SLURM_PROCID", QString::number(rank));
            environment.insert("SLURM_NTASKS", "2");
            environment.insert("SLURM_LOCALID", QString::number(rank));
            ranks[rank].setProcessEnvironment(environment);
            ranks.start(rank, programs_.arguments("slurm"));
        }
        QVERIFY(ranks.end());
        for (int rank = 0; rank < 2; ++rank)
            QVERIFY2(ranks[rank].exitCode() == 0, ranks[rank].readAllStandardError().constData());
        QCOMPARE(programs_.all<Started>("slurm").front().ranks, std::optional(2));
        const std::string difference = test::difference(programs_.newest("slurm").tensors.weights,
                                                        programs_.newest("2 ranks").tensors.weights, "");
        QVERIFY2(difference.empty(), difference.c_str());
    }

    /// The batch script of many-cards.md, with a cluster of two tasks on this machine.
    void startsByTheDocumentedSlurmScript() {
        QFile document(HEADROOM_SOURCE_DIR "/resources/docs/many-cards.md");
        QVERIFY(document.open(QIODevice::ReadOnly | QIODevice::Text));
        QString script;
        for (const QString& line : QString::fromUtf8(document.readAll()).section("## SLURM", 1).split('\n')) {
            if (line.startsWith("    "))
                script += line.mid(4) + '\n';
            else if (!script.isEmpty())
                break;
        }
        QVERIFY2(script.startsWith("#!/bin/bash\n#SBATCH"), qPrintable(script));

        QTemporaryDir cluster;
        const auto write = [&](const char* name, const QString& text) {
            std::ofstream(cluster.filePath(name).toStdString()) << text.toStdString();
            QFile::setPermissions(cluster.filePath(name),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        };
        write("job", script);
        write("scontrol", "#!/bin/bash\n[ \"$*\" = \"show hostnames one-node\" ] && echo 127.0.0.1\n");
        // A port that is free here instead of the one of the script.
        write("srun", QStringLiteral("#!/bin/bash\n"
                                     "[ \"$MASTER_PORT\" = 29500 ] && export MASTER_PORT=%1 SLURM_NTASKS=2\n"
                                     "for task in 0 1; do\n"
                                     "  SLURM_PROCID=$task SLURM_LOCALID=$task \"$@\" --device cpu &\n"
                                     "done\n"
                                     "wait\n")
                          .arg(test::freePort()));
        write("paper.yaml", QString::fromStdString(dumpConfig(programs_.config)));
        QFile::link(HEADROOM_PROGRAM, cluster.filePath("headroom"));
        QFile::link(QString::fromStdString(programs_.config.data.root), cluster.filePath("songs"));
        QProcess job;
        job.setWorkingDirectory(cluster.path());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("PATH", cluster.path() + ':' + environment.value("PATH"));
        environment.insert("HOME", cluster.path());
        environment.insert("SLURM_JOB_NODELIST", "one-node");
        job.setProcessEnvironment(environment);
        job.start(cluster.filePath("job"), QStringList());
        QVERIFY(job.waitForFinished(RankPrograms::timeout));
        const QByteArray output = job.readAllStandardError();
        const RunPaths paths{cluster.filePath("runs/first").toStdString()};
        QVERIFY2(std::filesystem::exists(paths.journal()), output.constData());
        const auto events = test::readJournal(paths.journal()).events;
        QCOMPARE(std::get<Started>(events.front().event).ranks, std::optional(2));
        QVERIFY2(std::holds_alternative<Finished>(events.back().event), output.constData());
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
