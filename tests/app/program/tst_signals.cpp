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

constexpr int patience = TrainingProgram::patience;

void send(const QProcess& process, int signal) {
    ::kill(static_cast<pid_t>(process.processId()), signal);
}

/// A program in a terminal of its own. In a process of one thread this would be forkpty() alone; here what
/// the child does until exec() is made beforehand.
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

    /// Takes what was printed, so that the program need not wait.
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
    int code() const { return code_; } ///< negative: the signal that killed it

private:
    int terminal_ = -1;
    pid_t process_ = -1;
    bool ended_ = false;
    int code_ = 0;
};

} // namespace

/// What ends the program from outside. That the run is then resumed to the bit is the business of
/// tst_train_program.
class TestSignals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trainingIsSavedAndStopped_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGHUP") << SIGHUP;
        QTest::newRow("SIGQUIT") << SIGQUIT;
        QTest::newRow("SIGUSR1") << SIGUSR1;
        QTest::newRow("SIGUSR2") << SIGUSR2;
        QTest::newRow("SIGXCPU") << SIGXCPU;
    }
    void trainingIsSavedAndStopped() {
        QFETCH(int, signal);
        TrainingProgram training;
        training.process.start();
        QTRY_VERIFY_WITH_TIMEOUT(training.steps() >= 2, patience);
        send(training.process, signal);
        QVERIFY(training.process.waitForFinished(patience));
        QCOMPARE(training.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(training.process.exitCode(), 130);
        QVERIFY(training.isStoppedAndSaved());
        const QByteArray said = training.process.readAllStandardError();
        QVERIFY2(said.contains("stopping: saving the checkpoint. Press Ctrl+C again"), said.constData());
    }

    /// As `timeout` and a terminal send them: to the program, and to its whole group.
    void severalSignalsAtOnceAreOne() {
        TrainingProgram training;
        training.process.start();
        QTRY_VERIFY_WITH_TIMEOUT(training.steps() >= 2, patience);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGINT})
            send(training.process, signal);
        QVERIFY(training.process.waitForFinished(patience));
        QCOMPARE(training.process.exitCode(), 130);
        QVERIFY(training.isStoppedAndSaved());
    }

    void hangupThatIsIgnoredStaysSo() {
        TrainingProgram training;
        training.process.setChildProcessModifier([] { ::signal(SIGHUP, SIG_IGN); });
        training.process.start();
        QTRY_VERIFY_WITH_TIMEOUT(training.steps() >= 2, patience);
        const std::int64_t before = training.steps();
        send(training.process, SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(training.steps() >= before + 20, patience);
        QCOMPARE(training.process.state(), QProcess::Running);
        send(training.process, SIGTERM);
        QVERIFY(training.process.waitForFinished(patience));
        QVERIFY(training.isStoppedAndSaved());
    }

    void aClosedTerminalSavesAndStops() {
        const TrainingProgram training;
        TerminalProgram program(training.arguments(), false);
        QTRY_VERIFY_WITH_TIMEOUT((program.read(), training.steps() >= 2), patience);
        program.closeTerminal();
        QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), patience);
        QCOMPARE(program.code(), 130);
        QVERIFY(training.isStoppedAndSaved());
    }

    /// As after disown or nohup.
    void trainingOutlivesItsTerminal() {
        const TrainingProgram training;
        TerminalProgram program(training.arguments() + QStringList{"--max-steps", "40"}, true);
        QTRY_VERIFY_WITH_TIMEOUT((program.read(), training.steps() >= 2), patience);
        program.closeTerminal();
        QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), patience);
        QCOMPARE(program.code(), 0);
        QCOMPARE(training.newest(), std::int64_t{40});
    }

    /// A command that has nothing to save does not look for signals either.
    void aCommandThatWaitsForAFileEnds_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }
    void aCommandThatWaitsForAFileEnds() {
        QFETCH(int, signal);
        const QTemporaryDir folder;
        const QByteArray fifo = folder.filePath("config.yaml").toUtf8();
        QCOMPARE(::mkfifo(fifo.constData(), 0600), 0);
        QProcess program;
        program.start(HEADROOM_PROGRAM, {"forecast", "--card", "cpu", "--config", QString::fromUtf8(fifo)});
        int writer = -1; // can be opened as soon as somebody reads
        QTRY_VERIFY_WITH_TIMEOUT((writer = ::open(fifo.constData(), O_WRONLY | O_NONBLOCK)) >= 0, patience);
        send(program, signal);
        QVERIFY(program.waitForFinished(patience));
        ::close(writer);
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 130);
    }
};

HEADROOM_TEST_MAIN(TestSignals)
#include "tst_signals.moc"
