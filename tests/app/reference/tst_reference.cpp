// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reference/completions.h"
#include "app/reference/man_page.h"
#include "tests/support/strict_main.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace headroom::app;

namespace {

/// A command line with everything that ours has.
struct Example {
    CLI::App program{"Does things.", "headroom"};
    std::string text;
    std::vector<std::string> files;
    bool flag = false;

    Example() {
        program.add_flag("--verbose", flag, "Also print the log");
        CLI::App* cook = program.add_subcommand("cook", "Cook: [a] 'meal' for $5 \\ more");
        cook->add_option("--heat,-t", text, "How hot, such as \"low\"")
            ->check(CLI::IsMember({"low", "high"}))
            ->required();
        cook->add_option("pots", files, ".dotted pots");
        cook->add_flag("--quick", flag, "it's quick");
        cook->footer("Exit code: 0.");
        program.add_subcommand("clean", "Clean up");
    }

    CommandTable table() const { return commandTable(program); }
};

/// Output of a program; "no PROGRAM" if it is not installed.
QString outputOf(const QString& program, const QStringList& arguments) {
    if (QStandardPaths::findExecutable(program).isEmpty())
        return "no " + program;
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished();
    return process.exitCode() == 0 ? QString::fromUtf8(process.readAll()).trimmed()
                                   : "failed: " + QString::fromUtf8(process.readAll());
}

} // namespace

/// Manual and completions from the tables of the command line.
class TestReference : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tablesHaveTheOptions() {
        const CommandTable table = Example().table();
        QCOMPARE(table.commands.size(), std::size_t{2});
        const CommandEntry& cook = table.commands[0];
        QCOMPARE(cook.name, std::string("cook"));
        QCOMPARE(cook.footer, std::string("Exit code: 0."));
        QCOMPARE(cook.options.size(), std::size_t{4}); // with --help
        const OptionEntry& heat = cook.options[1];
        QCOMPARE(heat.names, (std::vector<std::string>{"-t", "--heat"}));
        QCOMPARE(heat.choices, (std::vector<std::string>{"low", "high"}));
        QVERIFY(heat.required && !heat.repeats && !heat.argument.empty());
        QVERIFY(cook.options[2].isPositional() && cook.options[2].repeats);
        QVERIFY(cook.options[3].argument.empty());
    }

    void bashCompletes_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("completions");
        QTest::newRow("command") << "headroom c"
                                 << "cook clean";
        QTest::newRow("program's option") << "headroom --verb"
                                          << "--verbose";
        QTest::newRow("option") << "headroom cook --q"
                                << "--quick";
        QTest::newRow("option after another") << "headroom --verbose cook --h"
                                              << "--help --heat";
        QTest::newRow("value") << "headroom cook --heat l"
                               << "low";
        QTest::newRow("file") << "headroom cook p"
                              << "";
        QTest::newRow("option of another command") << "headroom clean --q"
                                                   << "";
    }

    void bashCompletes() {
        QFETCH(QString, words);
        QFETCH(QString, completions);
        const QString script = write(bashCompletion(Example().table()));
        const QString shown = outputOf(
            "bash",
            {"-c", "source " + script + "; COMP_WORDS=(" + words +
                       "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _headroom; echo \"${COMPREPLY[@]}\""});
        QCOMPARE(shown, completions);
    }

    void otherShellsReadTheScripts() {
        const QString zsh = outputOf("zsh", {"-n", write(zshCompletion(Example().table()))});
        QVERIFY2(zsh.isEmpty() || zsh == "no zsh", qPrintable(zsh));
        const QString fish = outputOf("fish", {"-n", write(fishCompletion(Example().table()))});
        QVERIFY2(fish.isEmpty() || fish == "no fish", qPrintable(fish));
    }

    void fishHasCommandsOptionsAndValues() {
        const QString script = QString::fromStdString(fishCompletion(Example().table()));
        QVERIFY(script.contains("-fa clean -d 'Clean up'"));
        QVERIFY(script.contains("'__fish_seen_subcommand_from cook' -s t -l heat -xa 'low high'"));
        QVERIFY(script.contains("-l quick -d 'it\\'s quick'"));
    }

    void manualHasEverything() {
        const QString page = QString::fromStdString(manPage(Example().table()));
        for (const char* part :
             {".TH headroom 1", ".SS cook", "\\fB\\-t\\fR, \\fB\\-\\-heat\\fR", "(one of low, high)",
              "\\&.dotted pots", "\\e more", "Exit code: 0.", ".SH FILES"})
            QVERIFY2(page.contains(part), part);
        const QString warnings = outputOf("groff", {"-man", "-ww", "-z", write(page.toStdString())});
        QVERIFY2(warnings.isEmpty() || warnings == "no groff", qPrintable(warnings));
    }

    void studioManualKeepsTheHelp() {
        const QString page =
            QString::fromStdString(studioManPage("Usage: studio\n.hidden\n  --data  folder\n"));
        QVERIFY(page.contains("Usage: studio\n\\&.hidden\n  \\-\\-data  folder\n.fi\n"));
    }

private:
    QString write(const std::string& text) {
        QFile file(folder_.filePath(QTest::currentTestFunction()));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.c_str()) < 0)
            qFatal("cannot write the script");
        return file.fileName();
    }

    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestReference)
#include "tst_reference.moc"
