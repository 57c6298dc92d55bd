// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/program/rank_programs.h"
#include "tests/app/program/two_ranks.h"
#include "tests/support/strict_main.h"

#include <memory>

using namespace headroom;
using test::RankPrograms;
using test::TwoRanks;

namespace {

constexpr int timeout = RankPrograms::timeout;

void send(pid_t process, int signal) {
    ::kill(process, signal);
}

} // namespace

/// Ranks that fail, and stops.
class TestRankFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Each test has runs that last until something ends them.
    void init() {
        programs_ = std::make_unique<RankPrograms>();
        programs_->config.training.stepsPerEpoch = 100000;
    }

    /// The rank that dies, and the one that others suspect.
    void killedRankEndsTheOthers_data() {
        QTest::addColumn<int>("rank");
        QTest::newRow("first") << 0;
        QTest::newRow("second") << 1;
    }
    void killedRankEndsTheOthers() {
        QFETCH(int, rank);
        programs_->config.training.saveEveryNMinutes = 1e-6;
        QProcess program;
        programs_->start(program, "run", 4);
        QTRY_VERIFY_WITH_TIMEOUT(programs_->steps("run") >= 8, timeout);
        const auto ranks = test::childrenOf(program.processId());
        QCOMPARE(ranks.size(), std::size_t{4});
        send(ranks[static_cast<std::size_t>(rank)], SIGKILL);
        endsNaming(program, rank);
        QVERIFY2(output_.contains(QByteArray("headroom: rank ") + QByteArray::number(rank) +
                                  " was ended by signal 9"),
                 output_.constData());
        if (rank != 0) // rank 0 has saved the last update
            QVERIFY(programs_->newest("run").state.progress.step >= 8);
        resumes();
    }

    void killedRankInValidationEndsTheOthers() {
        QProcess program;
        startValidation(program);
        send(ranks_.at(1), SIGKILL);
        endsNaming(program, 1);
        QVERIFY(programs_->all<ValidationDone>("run").empty());
        QVERIFY(programs_->newest("run").state.progress.validationDue);
    }

    /// Rank 0 saves after each update, so that a kill at any time is most likely within a save.
    void killedRankInASaveLeavesWholeCheckpoints() {
        programs_->config.training.saveEveryNMinutes = 1e-6;
        for (int time = 1; time <= 3; ++time) {
            QProcess program;
            const std::int64_t before = programs_->steps("run");
            programs_->start(program, "run", 2, time == 1 ? QStringList() : QStringList{"--resume"});
            QTRY_VERIFY_WITH_TIMEOUT(programs_->steps("run") >= before + 4 + 4 * time, timeout);
            const auto ranks = test::childrenOf(program.processId());
            QCOMPARE(ranks.size(), std::size_t{2});
            send(ranks[0], SIGKILL);
            endsNaming(program, 0);
            const Checkpoint newest = programs_->newest("run");
            QVERIFY(newest.tensors.group.empty());
            QCOMPARE(newest.state.progress.step % 4, std::int64_t{0});
        }
        resumes();
    }

    /// A process that hangs gives no sign of life, but its connections stay.
    void suspendedRankEndsTheOthers() {
        QProcess program;
        programs_->start(program, "run", 2);
        QTRY_VERIFY_WITH_TIMEOUT(programs_->steps("run") >= 8, timeout);
        const auto ranks = test::childrenOf(program.processId());
        QCOMPARE(ranks.size(), std::size_t{2});
        send(ranks[1], SIGSTOP);
        endsNaming(program, 1);
        resumes();
    }

    /// With the same command line, without --resume.
    void torchrunRestartsFromTheLastCheckpoint() {
        const QString python = QString::fromUtf8(HEADROOM_TORCH_PYTHON);
        if (!QFile::exists(python))
            QSKIP("there is no Python with PyTorch");
        programs_->config.training.saveEveryNMinutes = 1e-6;
        QStringList arguments = programs_->arguments("run");
        arguments.replace(arguments.indexOf("--run"), "--run-folder");
        QProcess program;
        program.start(python, QStringList{"-m", "torch.distributed.run", "--standalone", "--nproc-per-node",
                                          "2", "--max-restarts", "1", "--no-python", HEADROOM_PROGRAM} +
                                  arguments);
        QTRY_VERIFY_WITH_TIMEOUT(programs_->steps("run") >= 8, timeout);
        const auto ranks = test::childrenOf(program.processId());
        QCOMPARE(ranks.size(), std::size_t{2});
        send(ranks[1], SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(programs_->all<Started>("run").size(), std::size_t{2}, timeout);
        QVERIFY(programs_->all<Started>("run")[1].step >= 4);
        const std::int64_t before = programs_->steps("run");
        QTRY_VERIFY_WITH_TIMEOUT(programs_->steps("run") > before, timeout);
        program.terminate();
        QVERIFY(program.waitForFinished(timeout));
        QTRY_VERIFY_WITH_TIMEOUT(programs_->all<Stopped>("run", "rank-1.log").size() == 1, timeout);
    }

    /// Rank 0 keeps the store here, which does not answer then.
    void suspendedStoreEndsTheOthers() {
        TwoRanks ranks;
        for (int rank = 0; rank < 2; ++rank)
            ranks.start(rank, programs_->arguments("run"));
        QTRY_VERIFY_WITH_TIMEOUT(programs_->steps("run") >= 8, timeout);
        send(static_cast<pid_t>(ranks[0].processId()), SIGSTOP);
        QVERIFY(ranks[1].waitForFinished(timeout));
        const QByteArray output = ranks[1].readAllStandardError();
        QCOMPARE(ranks[1].exitCode(), 1);
        QVERIFY2(output.contains("headroom: rank 1: rank 0 was lost"), output.constData());
    }

    void stopOfAnyRankStopsAllAfterTheSameUpdate_data() {
        QTest::addColumn<int>("rank");
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM to the first") << 0 << SIGTERM;
        QTest::newRow("SIGINT to the second") << 1 << SIGINT;
        QTest::newRow("SIGTERM to the launcher") << -1 << SIGTERM;
    }
    void stopOfAnyRankStopsAllAfterTheSameUpdate() {
        QFETCH(int, rank);
        QFETCH(int, signal);
        QProcess program;
        programs_->start(program, "run", 2);
        QTRY_VERIFY_WITH_TIMEOUT(programs_->steps("run") >= 8, timeout);
        const auto ranks = test::childrenOf(program.processId());
        QCOMPARE(ranks.size(), std::size_t{2});
        send(rank < 0 ? static_cast<pid_t>(program.processId()) : ranks[static_cast<std::size_t>(rank)],
             signal);
        QVERIFY(program.waitForFinished(timeout));
        const QByteArray output = program.readAllStandardError();
        QVERIFY2(program.exitCode() == 130, output.constData());
        const auto first = programs_->all<Stopped>("run").at(0);
        const auto second = programs_->all<Stopped>("run", "rank-1.log").at(0);
        QCOMPARE(second.step, first.step);
        QCOMPARE(first.step % 4, std::int64_t{0});
        QCOMPARE(first.unsaved, std::string());
        QCOMPARE(programs_->store("run").steps(), std::vector<std::int64_t>{first.step});
        QCOMPARE(programs_->all<CheckpointSaved>("run").size(), std::size_t{1});
    }

    /// As when the program that sends requests is killed.
    void endOfRequestsStopsAll() {
        QProcess program;
        programs_->start(program, "run", 2, {"--requests"});
        QTRY_VERIFY_WITH_TIMEOUT(programs_->steps("run") >= 8, timeout);
        const auto ranks = test::childrenOf(program.processId());
        program.write("save\nunknown\nmodel.num_layers=3\n");
        QTRY_COMPARE_WITH_TIMEOUT(programs_->all<CheckpointSaved>("run").size(), std::size_t{1}, timeout);
        program.closeWriteChannel();
        QVERIFY(program.waitForFinished(timeout));
        const QByteArray output = program.readAllStandardError();
        QVERIFY2(program.exitCode() == 130, output.constData());
        QVERIFY2(output.contains("headroom: unknown request 'unknown'"), output.constData());
        QVERIFY2(output.contains("model.num_layers cannot be changed during a run"), output.constData());
        QCOMPARE(programs_->newest("run").state.progress.step, programs_->all<Stopped>("run").at(0).step);
        for (const pid_t rank : ranks)
            QCOMPARE(::kill(rank, 0), -1);
    }

    void stopInValidationStopsAll() {
        QProcess program;
        startValidation(program);
        send(ranks_.at(1), SIGTERM);
        QVERIFY(program.waitForFinished(timeout));
        QVERIFY2(program.exitCode() == 130, program.readAllStandardError().constData());
        QVERIFY(programs_->all<ValidationDone>("run").empty());
        QCOMPARE(programs_->newest("run").state.progress.step, std::int64_t{20});
    }

    void differencesAreRefusedAtTheStart_data() {
        QTest::addColumn<QStringList>("first");
        QTest::addColumn<QStringList>("second");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("option") << QStringList{"--set", "training.batch_size=2"}
                                << QStringList{"--set", "training.batch_size=3"}
                                << QByteArray("the ranks differ in training.batch_size: 2 on rank 0, 3 on "
                                              "rank 1");
        QTest::newRow("songs") << QStringList() << QStringList{"--data", "OTHER"}
                               << QByteArray("the ranks differ in their songs: 3 songs (");
        QTest::newRow("steps") << QStringList{"--max-steps", "8"} << QStringList{"--max-steps", "12"}
                               << QByteArray("the ranks differ in --max-steps: 8 on rank 0, 12 on rank 1");
    }
    void differencesAreRefusedAtTheStart() {
        QFETCH(QStringList, first);
        QFETCH(QStringList, second);
        QFETCH(QByteArray, message);
        test::TinyDataset other;
        for (const char* name : {"train/a", "train/b", "train/judge"})
            other.add(
                name,
                {.stems = {"drums", "vocals"}, .frames = 12000, .spec = {.sampleRate = 8000, .channels = 1}});
        second.replaceInStrings("OTHER", QString::fromStdString(other.root().string()));
        TwoRanks ranks;
        ranks.start(0, programs_->arguments("run") + first);
        ranks.start(1, programs_->arguments("run") + second);
        QVERIFY(ranks.end());
        for (int rank = 0; rank < 2; ++rank) {
            const QByteArray output = ranks[rank].readAllStandardError();
            QVERIFY2(ranks[rank].exitCode() == 2, output.constData());
            QVERIFY2(output.contains(message), output.constData());
        }
        QVERIFY(!std::filesystem::exists(programs_->paths("run").root));
    }

    void unequalSharesAreRefused() {
        programs_->config.training.gradientAccumulationSteps = 6;
        QCOMPARE(programs_->train("run", 4), 2);
        QVERIFY2(programs_->output.contains("4 ranks cannot share training.gradient_accumulation_steps, 6, "
                                            "equally. The nearest numbers that they can share are 4 and 8."),
                 programs_->output.constData());
        QVERIFY(!std::filesystem::exists(programs_->paths("run").root));
    }

    /// An error of one rank, here the first.
    void failureIsToldToTheOthers() {
        QVERIFY(std::filesystem::create_directory(programs_->paths("run").root));
        std::ofstream(programs_->paths("run").root / "foreign") << "text";
        QCOMPARE(programs_->train("run", 2), 2);
        QVERIFY2(programs_->output.contains("headroom: rank 1: rank 0 has failed: "),
                 programs_->output.constData());
        QVERIFY2(programs_->output.contains("neither empty nor a run folder"), programs_->output.constData());
    }

private:
    /// Starts two ranks, which are then in a validation that takes seconds.
    void startValidation(QProcess& program) {
        songs_ = std::make_unique<test::TinyDataset>();
        for (const char* name : {"train/a", "train/b", "train/c"})
            songs_->add(
                name,
                {.stems = {"drums", "vocals"}, .frames = 12000, .spec = {.sampleRate = 8000, .channels = 1}});
        for (const char* name : {"train/long", "train/longer"})
            songs_->add(name, {.stems = {"drums", "vocals"},
                               .frames = 8000 * 200,
                               .spec = {.sampleRate = 8000, .channels = 1}});
        programs_->config.training.stepsPerEpoch = 20;
        programs_->config.training.numEpochs = 100000;
        programs_->config.data.root = songs_->root().string();
        programs_->config.data.validation = std::vector<std::string>{"long", "longer"};
        programs_->config.training.validateEveryNEpochs = 1;
        programs_->start(program, "run", 2);
        QTRY_VERIFY_WITH_TIMEOUT(programs_->steps("run") == 20, timeout);
        ranks_ = test::childrenOf(program.processId());
    }

    /// The program ends with exit code 1, and a message that names the rank.
    void endsNaming(QProcess& program, int rank) {
        QVERIFY(program.waitForFinished(timeout));
        output_ = program.readAllStandardError();
        QVERIFY2(program.exitCode() == 1, output_.constData());
        const int other = rank == 0 ? 1 : 0;
        const QByteArray message = "headroom: rank " + QByteArray::number(other) + ": rank " +
                                   QByteArray::number(rank) + " was lost: no sign of life";
        QVERIFY2(output_.contains(message), output_.constData());
    }

    /// The run can be resumed.
    void resumes() {
        const std::int64_t step = programs_->newest("run").state.progress.step;
        QCOMPARE(programs_->train("run", 2, {"--resume", "--max-steps", QString::number(step + 8)}), 0);
        QCOMPARE(programs_->newest("run").state.progress.step, step + 8);
    }

    std::unique_ptr<RankPrograms> programs_;
    std::unique_ptr<test::TinyDataset> songs_;
    std::vector<pid_t> ranks_; ///< of startValidation()
    QByteArray output_;
};

HEADROOM_TEST_MAIN(TestRankFaults)
#include "tst_rank_faults.moc"
