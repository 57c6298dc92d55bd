// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_main.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QStringList>

namespace {

/// The lines of ui/ that match a pattern, as "file:line: text". Ignores comments and the files of
/// `exceptions`.
QStringList linesWith(const QString& pattern, const QStringList& exceptions) {
    const QRegularExpression expression(pattern);
    const QDir root(QStringLiteral(HEADROOM_SOURCE_DIR));
    QStringList found;
    QDirIterator files(root.filePath("ui"), {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = root.relativeFilePath(files.next());
        QFile file(root.filePath(path));
        if (exceptions.contains(path) || !file.open(QIODevice::ReadOnly))
            continue;
        const QStringList lines = QString::fromUtf8(file.readAll()).split('\n');
        for (int i = 0; i < lines.size(); ++i)
            if (expression.match(lines[i]).hasMatch() && !lines[i].contains("//"))
                found << QStringLiteral("%1:%2: %3").arg(path).arg(i + 1).arg(lines[i].trimmed());
    }
    return found;
}

} // namespace

/// Rules of the window that the compiler cannot check.
class TestWindowSources : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// With two stores, preferences could contradict each other.
    void onlyPreferencesUsesQSettings() {
        QCOMPARE(linesWith(R"(\bQSettings\b)", {"ui/configuration/preferences.cpp"}), QStringList());
        QVERIFY(!linesWith(R"(\bQSettings\b)", {}).isEmpty());
    }

    /// The desktop may start the program in any directory.
    void nothingUsesTheCurrentDirectory() {
        QCOMPARE(linesWith(R"(QDir::current|currentPath\()", {}), QStringList());
    }

    /// Text that is composed at run time may contain a name from outside, which Qt would read as markup.
    void toolTipsWithNamesArePlainText() {
        // Letters and numbers contain no markup.
        const QString named =
            R"(setToolTip\((?!plainToolTip).*(\.arg\((?!letter|decibelText)|fromStdString|\(\)\.join))";
        QCOMPARE(linesWith(named, {}), QStringList());
    }
};

HEADROOM_TEST_MAIN(TestWindowSources)
#include "tst_window_sources.moc"
