// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/run_paths.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <QRegularExpression>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>

using namespace headroom;
namespace fs = std::filesystem;

class TestRunPaths : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesNewRunAfterTimeAndConfiguration() {
        const fs::path folder = newRunFolder("/somewhere/runs", "configs/demo.yaml");
        QCOMPARE(folder.parent_path().string(), std::string("/somewhere/runs"));
        const QString name = QString::fromStdString(folder.filename().string());
        QVERIFY2(time_.match(name).hasMatch() && name.endsWith("-demo"), qPrintable(name));
        const fs::path unnamed = newRunFolder("runs", "");
        QCOMPARE(QString::fromStdString(unnamed.filename().string()).remove(time_), QString());
    }

    void relativeFoldersAreInTheDataFolder() {
        const QByteArray data = qgetenv("XDG_DATA_HOME"), home = qgetenv("HOME");
        qputenv("XDG_DATA_HOME", "/data");
        QVERIFY(newRunFolder("runs", "demo.yaml").starts_with("/data/headroom/runs/2"));
        qunsetenv("XDG_DATA_HOME");
        qputenv("HOME", "/home/me");
        QVERIFY(newRunFolder("runs", "demo.yaml").starts_with("/home/me/.local/share/headroom/runs/2"));
        qunsetenv("HOME");
        QVERIFY_THROWS_EXCEPTION(Error, newRunFolder("runs", "demo.yaml"));
        QVERIFY(newRunFolder("/runs", "demo.yaml").starts_with("/runs/2"));
        qputenv("XDG_DATA_HOME", data);
        qputenv("HOME", home);
    }

    void configurationOfARunGivesItsNameWithoutTime() {
        const QTemporaryDir temporary;
        const fs::path run = fs::path(temporary.path().toStdString()) / "2026-01-31-120000-demo";
        fs::create_directories(run);
        QVERIFY(!RunPaths{run}.holdsRun());
        std::ofstream(run / "config.yaml") << "";
        QVERIFY(RunPaths{run}.holdsRun());
        const std::string name = fs::path(newRunFolder("runs", (run / "config.yaml").string())).filename();
        QCOMPARE(QString::fromStdString(name).remove(time_), QStringLiteral("-demo"));
    }

    void neverNamesAnExistingFolder() {
        const QTemporaryDir temporary;
        const std::string first = newRunFolder(temporary.path().toStdString(), "demo.yaml");
        fs::create_directories(first);
        fs::create_directories(newRunFolder(temporary.path().toStdString(), "demo.yaml"));
        QVERIFY(!fs::exists(newRunFolder(temporary.path().toStdString(), "demo.yaml")));
    }

    void numbersFoldersOfTheSameSecond() {
        const QTemporaryDir temporary;
        for (int attempt = 0;; ++attempt) {
            const std::string output = temporary.filePath(QString::number(attempt)).toStdString();
            const std::string first = newRunFolder(output, "demo.yaml");
            fs::create_directories(first);
            const std::string second = newRunFolder(output, "demo.yaml");
            fs::create_directories(second);
            const std::string third = newRunFolder(output, "demo.yaml");
            if (!second.starts_with(first) || !third.starts_with(first))
                continue; // the clock reached the next second between the calls
            QCOMPARE(second, first + "-2");
            QCOMPARE(third, first + "-3");
            return;
        }
    }

private:
    const QRegularExpression time_{QStringLiteral("^\\d{4}-\\d\\d-\\d\\d-\\d{6}")};
};

HEADROOM_TEST_MAIN(TestRunPaths)
#include "tst_run_paths.moc"
