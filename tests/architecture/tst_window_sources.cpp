#include "tests/support/strict_main.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QStringList>

namespace {

/// Lines of ui/ in which a pattern is found, as "file:line: text", with exceptions by file.
QStringList linesWith(const QString& pattern, const QStringList& exceptions) {
    const QRegularExpression wanted(pattern);
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
            if (wanted.match(lines[i]).hasMatch() && !lines[i].contains("//"))
                found << QStringLiteral("%1:%2: %3").arg(path).arg(i + 1).arg(lines[i].trimmed());
    }
    return found;
}

} // namespace

/// Rules of the window that the compiler does not know.
class TestWindowSources : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Two stores are two places that settings are lost between.
    void onlyPreferencesStoreSettings() {
        QCOMPARE(linesWith(R"(\bQSettings\b)", {"ui/configuration/preferences.cpp"}), QStringList());
        QVERIFY(!linesWith(R"(\bQSettings\b)", {}).isEmpty());
    }

    /// It is whatever the desktop starts programs in.
    void nothingIsKeptInTheCurrentDirectory() {
        QCOMPARE(linesWith(R"(QDir::current|currentPath\()", {}), QStringList());
    }

    /// Text that is put together at run time may hold a name from outside, which Qt would read as markup.
    void toolTipsWithNamesArePlain() {
        // A letter and a number are none.
        const QString named =
            R"(setToolTip\((?!plainToolTip).*(\.arg\((?!letter|decibelText)|fromStdString|\(\)\.join))";
        QCOMPARE(linesWith(named, {}), QStringList());
    }
};

HEADROOM_TEST_MAIN(TestWindowSources)
#include "tst_window_sources.moc"
