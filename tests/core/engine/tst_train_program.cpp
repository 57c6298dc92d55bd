// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/train/checkpoint_store.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/core/train/tiny_run.h"
#include "tests/support/strict_main.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

constexpr int timeout = 60'000; // ms; reached only if the program hangs

/// Exit code and output of a program.
struct ProgramResult {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

QByteArray field(const QByteArray& line, const char* name) {
    const auto value = QJsonDocument::fromJson(line).object().value(QLatin1String(name));
    return value.isDouble() ? QByteArray::number(static_cast<qint64>(value.toDouble()))
                            : value.toString().toUtf8();
}

} // namespace

/// `headroom train` as a program: signals, exit codes, output.
class TestTrainProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        RunConfig config = run_.config();
        config.training.numEpochs = 100000; // longer than any test
        config.training.numWorkers = 3;
        writeConfig(config);
    }

    /// A run that is interrupted or killed and then resumed ends like an uninterrupted one.
    void resumesAfterSignalWithSameResult_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("kill -9") << SIGKILL;
    }

    void resumesAfterSignalWithSameResult() {
        QFETCH(int, signal);
        const QString folder = freshFolder();
        QProcess program;
        start(program, {"--run", folder, "--config", config(), "--json"});
        // Wait for a checkpoint and a step after it.
        const QByteArray all = readUntil(program, "checkpoint", "step");
        QVERIFY(!all.isEmpty());
        ::kill(static_cast<pid_t>(program.processId()), signal);
        QVERIFY(program.waitForFinished(timeout));

        const std::int64_t reached = newest(folder).state.progress.step;
        if (signal == SIGKILL) {
            QCOMPARE(program.exitStatus(), QProcess::CrashExit);
        } else {
            QCOMPARE(program.exitCode(), 130);
            const auto lines = (all + program.readAllStandardOutput()).trimmed().split('\n');
            QCOMPARE(field(lines.back(), "event"), QByteArray("stopped"));
            QCOMPARE(field(lines.back(), "step").toLongLong(), qint64(reached));
        }
        const QString steps = QString::number(reached + 4);
        QCOMPARE(run({"--run", folder, "--resume", "--max-steps", steps}).code, 0);
        const QString whole = freshFolder();
        QCOMPARE(run({"--run", whole, "--config", config(), "--max-steps", steps}).code, 0);
        const std::string found = test::difference(newest(folder), newest(whole));
        QVERIFY2(found.empty(), found.c_str());
    }

    void jsonOutputIsJournal() {
        const QString folder = freshFolder();
        const ProgramResult first = run({"--run", folder, "--config", config(), "--max-steps", "7", "--json",
                                         "--set", "training.batch_size=3"});
        QCOMPARE(first.code, 0);
        QCOMPARE(first.err, QByteArray());
        QFile journal(folder + "/journal.jsonl");
        QVERIFY(journal.open(QIODevice::ReadOnly));
        QCOMPARE(journal.readAll(), first.out);
        QCOMPARE(field(first.out.split('\n').front(), "started_by"), QByteArray("command line"));
        for (const QByteArray& line : first.out.trimmed().split('\n'))
            QVERIFY(QJsonDocument::fromJson(line).isObject());
        QCOMPARE(loadConfig((folder + "/config.yaml").toStdString()).training.batchSize, 3);
    }

    void printsRunFolderAndNextSteps() {
        const QString folder = freshFolder();
        const ProgramResult result = run({"--run", folder, "--config", config(), "--max-steps", "5"});
        QCOMPARE(result.code, 0);
        for (const QByteArray& part : {folder.toUtf8(), QByteArray("headroom separate"), QByteArray("cSDR")})
            QVERIFY2(result.out.contains(part), result.out.constData());
        QVERIFY(result.err.contains("loss"));
        QVERIFY(!result.err.contains('\r')); // no terminal
    }

    void createsRunFolder() {
        const ProgramResult result = run({"--config", config(), "--max-steps", "1", "--set",
                                          "training.output_dir=" + temporary_.path() + "/mine"});
        QCOMPARE(result.code, 0);
        int runs = 0;
        for (const auto& entry : fs::directory_iterator(temporary_.path().toStdString() + "/mine")) {
            // The configuration is named config.yaml, as in run folders, so the run is named after its
            // folder.
            const std::string name = fs::path(config().toStdString()).parent_path().filename().string();
            QVERIFY2(entry.path().filename().string().ends_with("-" + name), entry.path().c_str());
            QVERIFY(fs::exists(entry.path() / "config.yaml"));
            ++runs;
        }
        QCOMPARE(runs, 1);
    }

    /// A reader that closes the pipe, such as `head`, must not end the run.
    void survivesClosedPipe() {
        const QString folder = freshFolder();
        QProcess program;
        program.setProgram("/bin/bash");
        program.setArguments(
            {"-c", R"("$0" train --run "$1" --config "$2" --max-steps 8 --json --threads 1 | head -n 1)",
             HEADROOM_PROGRAM, folder, config()});
        program.start();
        QVERIFY(program.waitForFinished(timeout));
        QVERIFY(program.readAllStandardError().contains("the run continues"));
        // The exit code of the pipeline is that of head; the shell waits for both programs.
        QCOMPARE(newest(folder).state.progress.step, std::int64_t(8));
    }

    void usageErrorsHaveExitCodes() {
        const QString folder = freshFolder();
        QCOMPARE(run({}).code, 2);
        QCOMPARE(run({"--config", "nowhere.yaml"}).code, 2);
        QCOMPARE(run({"--config", config(), "--set", "training.batch_size=0"}).code, 2);
        QCOMPARE(run({"--config", config(), "--set", "training.batchsize=1"}).code, 2);
        QCOMPARE(run({"--config", config(), "--max-steps", "0"}).code, 2);
        QCOMPARE(run({"--config", config(), "--device", "gpu"}).code, 2);
        QCOMPARE(run({"--resume"}).code, 2);
        QCOMPARE(run({"--resume", "--run", folder}).code, 2);
        QCOMPARE(run({"--config", config(), "--run", folder, "--data", temporary_.path() + "/none"}).code, 2);
        QVERIFY(!fs::exists(folder.toStdString()));
        QCOMPARE(run({"--config", config(), "--run", config() + "/below a file"}).code, 1);

        QCOMPARE(run({"--config", config(), "--run", folder, "--max-steps", "1"}).code, 0);
        const ProgramResult again = run({"--config", config(), "--run", folder, "--max-steps", "2"});
        QCOMPARE(again.code, 2);
        QVERIFY2(again.err.contains("--resume"), again.err.constData());
        const ProgramResult changed = run({"--run", folder, "--resume", "--set", "model.d_state=8"});
        QCOMPARE(changed.code, 2);
        QVERIFY2(changed.err.contains("model.d_state: 16 -> 8"), changed.err.constData());
    }

private:
    QString config() const { return temporary_.path() + "/config.yaml"; }
    QString freshFolder() { return temporary_.path() + "/run " + QString::number(++folders_); }

    void writeConfig(const RunConfig& config) const {
        std::ofstream(this->config().toStdString()) << dumpConfig(config);
    }

    static Checkpoint newest(const QString& folder) {
        const CheckpointStore store(fs::path(folder.toStdString()) / "checkpoints");
        return readCheckpoint(store.path(store.steps().at(0)));
    }

    static void start(QProcess& program, const QStringList& arguments) {
        program.setProgram(HEADROOM_PROGRAM);
        program.setArguments(QStringList{"train", "--threads", "1"} + arguments);
        program.start();
    }

    static ProgramResult run(const QStringList& arguments) {
        QProcess program;
        start(program, arguments);
        if (!program.waitForFinished(timeout))
            return {};
        return {program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1,
                program.readAllStandardOutput(), program.readAllStandardError()};
    }

    /// Reads lines up to the first `next` after an `event`. Empty if the program ends before.
    static QByteArray readUntil(QProcess& program, const QByteArray& event, const QByteArray& next) {
        QByteArray all;
        bool seen = false;
        for (;;) {
            while (!program.canReadLine()) {
                if (!program.waitForReadyRead(timeout))
                    return {};
            }
            const QByteArray line = program.readLine();
            all += line;
            const QByteArray name = field(line, "event");
            if (seen && name == next)
                return all;
            seen = seen || name == event;
        }
    }

    test::TinyRun run_;
    QTemporaryDir temporary_;
    int folders_ = 0;
};

HEADROOM_TEST_MAIN(TestTrainProgram)
#include "tst_train_program.moc"
