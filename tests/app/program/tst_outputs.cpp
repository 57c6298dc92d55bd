// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/program/training_program.h"
#include "tests/support/read_journal.h"
#include "tests/support/strict_main.h"

#include <QFile>
#include <QJsonDocument>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace headroom;
using test::TrainingProgram;

namespace {

constexpr int timeout = TrainingProgram::timeout;

void send(const QProcess& process, int signal) {
    ::kill(static_cast<pid_t>(process.processId()), signal);
}

bool hasStarted(const TrainingProgram& training) {
    return training.steps() >= 2;
}

/// Whether the run finished at this step, was saved, and its journal is intact.
bool isFinished(const TrainingProgram& training, std::int64_t step) {
    const EventLines journal = test::readJournal(training.paths().journal());
    return journal.notes.empty() && training.newestCheckpoint() == step &&
           std::holds_alternative<Finished>(journal.events.back().event);
}

/// A pipe of the smallest size whose reading end is open but never read.
class UnreadPipe {
public:
    UnreadPipe() {
        if (::pipe2(ends_, O_CLOEXEC) == 0)
            ::fcntl(writer(), F_SETPIPE_SZ, 4096);
    }
    ~UnreadPipe() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    UnreadPipe(const UnreadPipe&) = delete;
    UnreadPipe& operator=(const UnreadPipe&) = delete;

    int writer() const { return ends_[1]; }
    bool isFull() const {
        pollfd state{writer(), POLLOUT, 0};
        return ::poll(&state, 1, 0) == 0;
    }

private:
    int ends_[2] = {-1, -1};
};

} // namespace

/// Output that is closed, not read, or goes to a full disk.
class TestOutputs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trainingContinuesWithoutReaders_data() {
        QTest::addColumn<QString>("redirection");
        QTest::newRow("both to a full disk") << ">/dev/full 2>&1";
        QTest::newRow("both closed") << ">&- 2>&-";
        QTest::newRow("all closed") << "<&- >&- 2>&-";
        QTest::newRow("events to a full disk") << "--json >/dev/full";
        QTest::newRow("events to a closed output") << "--json >&-";
        QTest::newRow("reader gone") << "2>&1 | head -n 1; exit ${PIPESTATUS[0]}";
        QTest::newRow("reader of events gone") << "--json 2>&1 | head -n 1; exit ${PIPESTATUS[0]}";
    }
    void trainingContinuesWithoutReaders() {
        QFETCH(QString, redirection);
        TrainingProgram training;
        const QStringList arguments = training.arguments() + QStringList{"--max-steps", "8"};
        training.process.setProgram("/bin/bash");
        training.process.setArguments(QStringList{"-c", "\"$0\" \"$@\" " + redirection, HEADROOM_PROGRAM} +
                                      arguments);
        training.process.start();
        QVERIFY(training.process.waitForFinished(timeout));
        QCOMPARE(training.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(training.process.exitCode(), 0);
        QVERIFY(isFinished(training, 8));
    }

    /// Ctrl+C goes to the whole pipeline: tee may end before the program prints its last messages.
    void ctrlCStopsAPipelineWithTee() {
        TrainingProgram training;
        QProcess tee;
        training.process.setProcessChannelMode(QProcess::MergedChannels);
        training.process.setStandardOutputProcess(&tee);
        training.process.start();
        tee.start("tee", {training.folder() + ".log"});
        QTRY_VERIFY_WITH_TIMEOUT(hasStarted(training), timeout);
        send(tee, SIGKILL);
        QVERIFY(tee.waitForFinished(timeout));
        send(training.process, SIGINT);
        QVERIFY(training.process.waitForFinished(timeout));
        QCOMPARE(training.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(training.process.exitCode(), 130);
        QVERIFY(training.isStoppedAndSaved());
    }

    /// A pager at its first page, or a terminal stopped by Ctrl+S.
    void savesWhileTheReaderDoesNotRead() {
        const UnreadPipe pipe;
        TrainingProgram training;
        training.process.setArguments(training.arguments() + QStringList{"--json"});
        training.process.setChildProcessModifier([&] { ::dup2(pipe.writer(), STDOUT_FILENO); });
        training.process.start();
        QTRY_VERIFY_WITH_TIMEOUT(pipe.isFull(), timeout);
        send(training.process, SIGTERM);
        QVERIFY(training.process.waitForFinished(timeout));
        QCOMPARE(training.process.exitCode(), 130);
        QVERIFY(training.isStoppedAndSaved());
    }

    void failsIfTheResultCannotBeWritten_data() {
        QTest::addColumn<QString>("redirection");
        QTest::addColumn<QString>("reason");
        QTest::newRow("full disk") << ">/dev/full"
                                   << "No space left on device";
        QTest::newRow("closed") << ">&-"
                                << "Bad file descriptor";
        QTest::newRow("reader gone") << ">&3"
                                     << "";
    }
    void failsIfTheResultCannotBeWritten() {
        QFETCH(QString, redirection);
        QFETCH(QString, reason);
        for (const char* command : {"options", "options --json", "forecast --cards", "--help"}) {
            QProcess program;
            const QString pipeWithoutReader = QStringLiteral("exec 3> >(true); wait $!; ");
            program.start(
                "/bin/bash",
                {"-c",
                 pipeWithoutReader + QStringLiteral("\"$0\" %1 %2").arg(QLatin1String(command), redirection),
                 HEADROOM_PROGRAM});
            QVERIFY(program.waitForFinished(timeout));
            QCOMPARE(program.exitCode(), 1);
            const QByteArray output = program.readAllStandardError();
            if (reason.isEmpty()) // the user closed the reader
                QVERIFY2(!output.contains("standard output"), output.constData());
            else
                QVERIFY2(output.contains(reason.toUtf8()), output.constData());
        }
    }

    void escapesControlCharactersInMessages() {
        const QString evil = QStringLiteral("a\x1b[31m\x9b"
                                            "2Jb\nheadroom: done");
        for (const QStringList& arguments :
             {QStringList{"train", "--run", evil, "--resume"}, QStringList{"forecast", "--config", evil},
              QStringList{"inspect", evil}, QStringList{evil}, QStringList{"options", "--" + evil},
              QStringList{"train", "--config", evil}, QStringList{"forecast", "--card", evil}}) {
            QProcess program;
            program.start(HEADROOM_PROGRAM, arguments);
            QVERIFY(program.waitForFinished(timeout));
            QCOMPARE(program.exitCode(), 2);
            const QByteArray output = program.readAllStandardError() + program.readAllStandardOutput();
            QVERIFY(!output.isEmpty());
            QVERIFY2(!output.contains('\x1b') && !output.contains("\xc2\x9b"),
                     output.toPercentEncoding().constData());
        }
    }

    void jsonKeepsControlCharactersInNames() {
        const QString name = QStringLiteral("songs\x1b[31m\x9b"
                                            "2J");
        const QTemporaryDir folder;
        QProcess program;
        program.setWorkingDirectory(folder.path());
        program.start(HEADROOM_PROGRAM, {"demo", name, "--songs", "2", "--seconds", "4", "--json"});
        QVERIFY(program.waitForFinished(timeout));
        const QByteArray json = program.readAllStandardOutput();
        QVERIFY2(!json.contains('\x1b') && !json.contains("\xc2\x9b"), json.toPercentEncoding().constData());
        QCOMPARE(QJsonDocument::fromJson(json)["folder"].toString(), name);
    }
};

HEADROOM_TEST_MAIN(TestOutputs)
#include "tst_outputs.moc"
