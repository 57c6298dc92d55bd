// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/session/training_thread.h"
#include "tests/support/scripted_listening.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/preferences.h"
#include "ui/configuration/presets.h"
#include "ui/runs/run_model.h"
#include "ui/theme/theme.h"
#include "ui/window/configuration_controller.h"
#include "ui/window/main_window.h"
#include "ui/window/runs_controller.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <QAbstractButton>
#include <QDir>
#include <QDockWidget>
#include <QMessageBox>

using namespace headroom;
using namespace headroom::ui;

namespace {

class NoRuns final : public RunStore {
public:
    void list(std::uint64_t number, std::vector<std::string>,
              std::function<void(const RunList&)> answer) override {
        answer({number, {}});
    }
    void read(std::uint64_t number, const std::string&, std::uint64_t from,
              std::function<void(const RunPiece&)> answer) override {
        answer({.number = number, .fromStart = from == 0, .last = true});
    }
    void cancel(std::uint64_t) override {}
};

Services services() {
    Services all;
    all.training =
        std::make_unique<TrainingThread>(std::make_unique<test::ScriptedLoop>(std::vector<TrainingEvent>{}));
    all.runs = std::make_unique<NoRuns>();
    all.listening = std::make_unique<test::ScriptedListening>();
    all.separation = std::make_unique<test::ScriptedSeparation>();
    return all;
}

const Option& layers() {
    return *findOption("model.num_layers");
}

/// One start of the program. The next one restores the workspace that this one stores.
struct Start {
    Theme theme{Theme::Mode::Dark};
    Studio studio{services(), theme};
    MainWindow& window = studio.window();
    ConfigModel& config = studio.config();

    Start() { window.show(); }
    QString page() const { return window.currentPage()->objectName(); }
};

void answerNext(QMessageBox::StandardButton button) {
    QTimer::singleShot(0, qApp, [button] {
        auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (question == nullptr)
            return answerNext(button);
        question->button(button)->click();
    });
}

} // namespace

/// The next start restores what was open when the window was closed.
class TestWorkspace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QFile::remove(QSettings(QSettings::IniFormat, QSettings::UserScope, "headroom", "studio").fileName());
    }

    void startsWithTheFirstPreset() {
        Start first;
        QCOMPARE(first.config.baselineFile(), presets().front().file);
        QVERIFY(!first.config.isModified());
        QVERIFY(first.studio.training()->run().folder().isEmpty());
    }

    void restoresConfigurationDataSetRunAndPage() {
        const QTemporaryDir folder;
        const QString run = folder.filePath(QStringLiteral("a run"));
        writeConfig(run + QStringLiteral("/config.yaml"), 3);
        {
            Start first;
            first.studio.runs()->open(run);
            first.config.set(layers(), std::int64_t{2});
            first.config.set(*findOption("data.root"), std::string("/songs"));
            first.window.showPage(QStringLiteral("runs"));
        }
        Start second;
        QCOMPARE(second.studio.training()->run().folder(), run);
        QCOMPARE(second.config.config().model.numLayers, 2);
        QCOMPARE(second.config.baseline().model.numLayers, 3);
        QCOMPARE(second.config.baselineName(), QStringLiteral("a run"));
        QVERIFY(second.config.isModified());
        QVERIFY(second.window.isWindowModified());
        QCOMPARE(second.config.config().data.root, std::string("/songs"));
        QCOMPARE(second.page(), QStringLiteral("runs"));
    }

    void readsAnUnchangedConfigurationFromItsFile() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("mine.yaml"));
        writeConfig(file, 3);
        {
            Start first;
            first.studio.configuration().open(file);
        }
        writeConfig(file, 4); // edited by the user
        {
            Start second;
            QCOMPARE(second.config.config().model.numLayers, 4);
            QVERIFY(!second.config.isModified());
        }
        QFile::remove(file);
        Start third;
        QCOMPARE(third.config.config().model.numLayers, 4);
        QCOMPARE(third.config.baselineName(), QStringLiteral("mine.yaml"));
    }

    void ignoresADeletedRun() {
        {
            const QTemporaryDir folder;
            writeConfig(folder.filePath(QStringLiteral("config.yaml")), 3);
            Start first;
            first.studio.runs()->open(folder.path());
        }
        Start second;
        QVERIFY(second.studio.training()->run().folder().isEmpty());
        QCOMPARE(second.config.config().model.numLayers, 3);
    }

    void ignoresUnreadablePreferences() {
        preferences::setWorkspace(
            {.baseline = QStringLiteral("model:\n  no_such_key: 1\n"), .config = QStringLiteral(",")});
        Start start;
        QCOMPARE(start.config.baselineFile(), presets().front().file);
    }

    void closingAsksForUnsavedChanges() {
        {
            Start first;
            QVERIFY(first.window.close()); // nothing to ask
        }
        {
            Start second;
            second.config.set(layers(), std::int64_t{2});
            answerNext(QMessageBox::Cancel);
            QVERIFY(!second.window.close());
            answerNext(QMessageBox::Discard);
            QVERIFY(second.window.close());
        }
        Start third;
        QVERIFY(!third.config.isModified());
        QVERIFY(third.config.config().model.numLayers != 2);
    }

    void savingOnClosingWritesTheFile() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("mine.yaml"));
        writeConfig(file, 3);
        Start first;
        first.studio.configuration().open(file);
        first.config.set(layers(), std::int64_t{2});
        answerNext(QMessageBox::Save);
        QVERIFY(first.window.close());
        QCOMPARE(loadConfig(file.toStdString()).model.numLayers, 2);
    }

    /// A crash then loses little.
    void storesChangesSoon() {
        Start first;
        first.config.set(layers(), std::int64_t{2});
        const auto isStored = [] {
            const auto workspace = preferences::workspace();
            return workspace && workspace->config.contains(QStringLiteral("num_layers: 2"));
        };
        QTRY_VERIFY(isStored());
    }

    void theConfigurationPanelDependsOnThePage() {
        {
            Start first;
            first.window.showPage(QStringLiteral("runs")); // closes the panel
        }
        Start second;
        auto* dock = second.window.findChild<QDockWidget*>(QStringLiteral("settings"));
        QVERIFY(!dock->isVisible());
        second.window.showPage(QStringLiteral("training"));
        QVERIFY(dock->isVisible());
    }

    void aClosedConfigurationPanelStaysClosed() {
        const auto dock = [](Start& start) {
            return start.window.findChild<QDockWidget*>(QStringLiteral("settings"));
        };
        {
            Start first;
            first.window.showPage(QStringLiteral("training"));
            QVERIFY(dock(first)->isVisible());
            dock(first)->toggleViewAction()->trigger();
            QVERIFY(!dock(first)->isVisible());
        }
        Start second;
        QCOMPARE(second.page(), QStringLiteral("training"));
        QVERIFY(!dock(second)->isVisible());
    }

private:
    static void writeConfig(const QString& path, int numLayers) {
        QDir().mkpath(QFileInfo(path).absolutePath());
        RunConfig config;
        config.model.numLayers = numLayers;
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            qFatal("no file");
        file.write(dumpConfig(config).c_str());
    }
};

HEADROOM_UI_TEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"
