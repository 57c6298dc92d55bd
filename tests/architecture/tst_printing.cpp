// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_main.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace {

/// The lines of a source that write to standard output or standard error. Only app/print.h may do that: it
/// handles closed pipes and removes escape sequences from names.
QStringList printingLines(const QString& text) {
    static const QRegularExpression printing(
        QStringLiteral("\\bfmt::print(ln)?\\b|\\bstd::(print|println|cout|cerr|clog)\\b|"
                       "\\bv?f?printf\\s*\\(|\\bf?puts\\s*\\(|\\bputchar\\s*\\(|\\bperror\\s*\\(|"
                       "\\b(stdout|stderr)\\b|\\bwrite\\s*\\(\\s*(1|2|STD\\w+_FILENO)\\b"));
    QStringList found;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        const QString code = line.section(QStringLiteral("//"), 0, 0);
        if (printing.match(code).hasMatch())
            found << line.trimmed();
    }
    return found;
}

} // namespace

class TestPrinting : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyAppPrintWrites() {
        QStringList found;
        int files = 0;
        for (const char* folder : {"app", "core", "ui"}) {
            QDirIterator sources(QDir(HEADROOM_SOURCE_DIR).filePath(folder), {"*.h", "*.cpp"}, QDir::Files,
                                 QDirIterator::Subdirectories);
            while (sources.hasNext()) {
                QFile source(sources.next());
                QVERIFY(source.open(QIODevice::ReadOnly));
                ++files;
                for (const QString& line : printingLines(QString::fromUtf8(source.readAll())))
                    found << source.fileName() + ": " + line;
            }
        }
        QVERIFY2(files > 50, "sources not found");
        QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join("\n")));
    }
    void findsEveryWayToPrint() {
        for (const char* line :
             {"fmt::print(\"a\");", "  fmt::print(stderr, \"a\");", "std::cerr << 1;", "std::printf(\"a\");",
              "fprintf (stderr, \"a\");", "puts(\"a\");", "std::fputs(text, stdout);", "perror(\"a\");",
              "write(fileno(stdout));", "::write(STDERR_FILENO, a, 1);"})
            QCOMPARE(printingLines(QString::fromLatin1(line)).size(), 1);
        for (const char* line : {"// to stdout", "print(\"a\");", "printError(\"a\");", "snprintf(a, 1, b);",
                                 "inputs(a);", "progress.print(a);"})
            QCOMPARE(printingLines(QString::fromLatin1(line)), QStringList());
    }
};

HEADROOM_TEST_MAIN(TestPrinting)
#include "tst_printing.moc"
