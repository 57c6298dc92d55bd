// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/program/training_program.h"
#include "tests/support/strict_main.h"

#include <csignal>
#include <fcntl.h>
#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace headroom;
using test::TrainingProgram;

namespace {

constexpr int timeout = TrainingProgram::timeout;

void send(const QProcess& process, int signal) {
    ::kill(static_cast<pid_t>(process.processId()), signal);
}

/// Runs the program in a pseudoterminal. Its arguments are built before forkpty(), because the child of a
/// process with several threads must not allocate memory before exec().
class TerminalProgram {
public:
    TerminalProgram(const QStringList& arguments, bool ignoresHangup) {
        std::vector<std::string> texts = {HEADROOM_PROGRAM};
        for (const QString& argument : arguments)
            texts.push_back(argument.toStdString());
        std::vector<char*> pointers;
        for (std::string& text : texts)
            pointers.push_back(text.data());
        pointers.push_back(nullptr);
        process_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
        if (process_ == 0) {
            if (ignoresHangup)
                ::signal(SIGHUP, SIG_IGN);
            ::execv(pointers.front(), pointers.data());
            ::_exit(127);
        }
        ::fcntl(terminal_, F_SETFL, O_NONBLOCK);
    }
    ~TerminalProgram() {
        closeTerminal();
        if (!hasEnded()) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
        }
    }
    TerminalProgram(const TerminalProgram&) = delete;
    TerminalProgram& operator=(const TerminalProgram&) = delete;

    /// Reads the output, so that the program does not block.
    QByteArray read() {
        char bytes[4096];
        QByteArray text;
        for (ssize_t count = 0; (count = ::read(terminal_, bytes, sizeof bytes)) > 0;)
            text.append(bytes, count);
        return text;
    }
    void closeTerminal() {
        if (terminal_ >= 0)
            ::close(terminal_);
        terminal_ = -1;
    }
    bool hasEnded() {
        int status = 0;
        if (!ended_ && ::waitpid(process_, &status, WNOHANG) == process_) {
            ended_ = true;
            code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        }
        return ended_;
    }
    int code() const { return code_; } ///< exit code, or the negative number of the signal that killed it

private:
    int terminal_ = -1;
    pid_t process_ = -1;
    bool ended_ = false;
    int code_ = 0;
};

} // namespace

/// Signals and terminals that end the program. tst_train_program tests that the run can then be resumed
/// exactly.
class TestSignals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stopSignalsSaveAndStop_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGHUP") << SIGHUP;
        QTest::newRow("SIGQUIT") << SIGQUIT;
        QTest::newRow("SIGUSR1") << SIGUSR1;
        QTest::newRow("SIGUSR2") << SIGUSR2;
        QTest::newRow("SIGXCPU") << SIGXCPU;
    }
    void stopSignalsSaveAndStop() {
        QFETCH(int, signal);
        TrainingProgram training;
        training.process.start();
        QTRY_VERIFY_WITH_TIMEOUT(training.steps() >= 2, timeout);
        send(training.process, signal);
        QVERIFY(training.process.waitForFinished(timeout));
        QCOMPARE(training.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(training.process.exitCode(), 130);
        QVERIFY(training.isStoppedAndSaved());
        const QByteArray output = training.process.readAllStandardError();
        QVERIFY2(output.contains("stopping: saving the checkpoint. Press Ctrl+C again"), output.constData());
    }

    /// As on a full disk.
    void stoppingWithoutSavingFails() {
        TrainingProgram training;
        training.process.start();
        QTRY_VERIFY_WITH_TIMEOUT(training.steps() >= 2, timeout);
        const std::filesystem::path checkpoints = training.paths().checkpoints();
        std::filesystem::rename(checkpoints, training.paths().root / "moved");
        QVERIFY(std::ofstream(checkpoints).good());
        send(training.process, SIGTERM);
        QVERIFY(training.process.waitForFinished(timeout));
        QCOMPARE(training.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(training.process.exitCode(), 1);
        const QByteArray output = training.process.readAllStandardError();
        QVERIFY2(output.contains("headroom: not saved: everything "), output.constData());
    }

    /// `timeout` and a terminal signal the program and its whole process group.
    void simultaneousSignalsAreOneRequest() {
        TrainingProgram training;
        training.process.start();
        QTRY_VERIFY_WITH_TIMEOUT(training.steps() >= 2, timeout);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGINT})
            send(training.process, signal);
        QVERIFY(training.process.waitForFinished(timeout));
        QCOMPARE(training.process.exitCode(), 130);
        QVERIFY(training.isStoppedAndSaved());
    }

    void ignoresHangupIfTheParentDoes() {
        TrainingProgram training;
        training.process.setChildProcessModifier([] { ::signal(SIGHUP, SIG_IGN); });
        training.process.start();
        QTRY_VERIFY_WITH_TIMEOUT(training.steps() >= 2, timeout);
        const std::int64_t before = training.steps();
        send(training.process, SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(training.steps() >= before + 20, timeout);
        QCOMPARE(training.process.state(), QProcess::Running);
        send(training.process, SIGTERM);
        QVERIFY(training.process.waitForFinished(timeout));
        QVERIFY(training.isStoppedAndSaved());
    }

    void closingTheTerminalSavesAndStops() {
        const TrainingProgram training;
        TerminalProgram program(training.arguments(), false);
        QTRY_VERIFY_WITH_TIMEOUT((program.read(), training.steps() >= 2), timeout);
        program.closeTerminal();
        QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), timeout);
        QCOMPARE(program.code(), 130);
        QVERIFY(training.isStoppedAndSaved());
    }

    /// With nohup or disown.
    void trainingOutlivesItsTerminal() {
        const TrainingProgram training;
        TerminalProgram program(training.arguments() + QStringList{"--max-steps", "40"}, true);
        QTRY_VERIFY_WITH_TIMEOUT((program.read(), training.steps() >= 2), timeout);
        program.closeTerminal();
        QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), timeout);
        QCOMPARE(program.code(), 0);
        QCOMPARE(training.newestCheckpoint(), std::int64_t{40});
    }

    /// The command blocks on a FIFO and has nothing to save.
    void signalsEndACommandThatBlocksOnAFile_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }
    void signalsEndACommandThatBlocksOnAFile() {
        QFETCH(int, signal);
        const QTemporaryDir folder;
        const QByteArray fifo = folder.filePath("config.yaml").toUtf8();
        QCOMPARE(::mkfifo(fifo.constData(), 0600), 0);
        QProcess program;
        program.start(HEADROOM_PROGRAM, {"forecast", "--card", "cpu", "--config", QString::fromUtf8(fifo)});
        int writer = -1; // can be opened once the program reads
        QTRY_VERIFY_WITH_TIMEOUT((writer = ::open(fifo.constData(), O_WRONLY | O_NONBLOCK)) >= 0, timeout);
        send(program, signal);
        QVERIFY(program.waitForFinished(timeout));
        ::close(writer);
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 130);
    }
};

HEADROOM_TEST_MAIN(TestSignals)
#include "tst_signals.moc"
