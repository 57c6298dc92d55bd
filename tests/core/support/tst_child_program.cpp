// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/child_program.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

using namespace headroom;

namespace {

/// A shell with this script.
ProcessStart shell(const std::string& script, std::vector<std::string> variables = {}) {
    return {"/bin/sh", {"sh", "-c", script}, std::move(variables), {}};
}

/// What a program prints until both streams have ended.
struct Lines {
    std::vector<std::string> output;
    std::vector<std::string> errors;

    bool read(ChildProgram& program) {
        return program.read(
            std::chrono::milliseconds(50), [this](const std::string& line) { output.push_back(line); },
            [this](const std::string& line) { errors.push_back(line); });
    }
    void readAll(ChildProgram& program) {
        while (read(program)) {
        }
    }
};

} // namespace

class TestChildProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsLinesOfBothStreams() {
        ChildProgram program(shell("echo one; echo two >&2; printf 'thr'; printf 'ee\\nrest'; exit 3"), {});
        Lines lines;
        lines.readAll(program);
        QCOMPARE(lines.output, (std::vector<std::string>{"one", "three", "rest"}));
        QCOMPARE(lines.errors, std::vector<std::string>{"two"});
        QCOMPARE(program.wait(), 3);
        QCOMPARE(program.wait(), 3);
    }

    void sendsLinesUntilTheInputEnds() {
        ChildProgram program(shell("cat; echo end"), {});
        Lines lines;
        program.send("first");
        while (lines.output.empty())
            QVERIFY(lines.read(program));
        program.send("second");
        program.endInput();
        program.send("lost");
        lines.readAll(program);
        QCOMPARE(lines.output, (std::vector<std::string>{"first", "second", "end"}));
        QCOMPARE(program.wait(), 0);
    }

    /// Without SIGPIPE, which would end this process.
    void linesToAnEndedProgramAreLost() {
        ChildProgram program(shell("true"), {});
        Lines lines;
        lines.readAll(program);
        QCOMPARE(program.wait(), 0);
        program.send("lost");
    }

    /// Programs that it starts find it too.
    void passesAFile() {
        const std::string text(100000, 'x');
        ChildProgram program(
            shell(std::string("sh -c 'cat ") + ChildProgram::file + "' && cat " + ChildProgram::file), text);
        Lines lines;
        lines.readAll(program);
        QCOMPARE(lines.output, std::vector<std::string>{text + text});
    }

    void replacesVariables() {
        qputenv("HEADROOM_TEST_A", "inherited");
        qputenv("HEADROOM_TEST_B", "inherited");
        ChildProgram program(shell("echo $HEADROOM_TEST_A $HEADROOM_TEST_B", {"HEADROOM_TEST_B=given"}), {});
        Lines lines;
        lines.readAll(program);
        QCOMPARE(lines.output, std::vector<std::string>{"inherited given"});
    }

    void reportsSignals() {
        ChildProgram program(shell("kill -9 $$"), {});
        QCOMPARE(program.wait(), 128 + SIGKILL);
    }

    /// It waits for its input to end.
    void destructionEndsTheProgram() {
        std::optional<ChildProgram> program(std::in_place, shell("cat"), std::string());
        program.reset();
    }

    void reportsAMissingProgram() {
        try {
            const ChildProgram program({"/nowhere/program", {"program"}, {}, {}}, {});
            QFAIL("was started");
        } catch (const Error& error) {
            QVERIFY2(error.message().starts_with("/nowhere/program: cannot start the program"),
                     error.message().c_str());
        }
    }
};

HEADROOM_TEST_MAIN(TestChildProgram)
#include "tst_child_program.moc"
