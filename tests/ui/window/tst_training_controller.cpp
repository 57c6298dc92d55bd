// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/session/training_thread.h"
#include "tests/support/scripted_listening.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/accessibility/notification.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/preferences.h"
#include "ui/runs/run_folder_button.h"
#include "ui/theme/theme.h"
#include "ui/training/training_page.h"
#include "ui/widgets/steady_label.h"
#include "ui/window/main_window.h"
#include "ui/window/training_controller.h"

#include <QDesktopServices>
#include <QDir>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QToolBar>
#include <QUrl>

#include <algorithm>
#include <fstream>

using namespace headroom;
using namespace headroom::ui;

namespace {

std::unique_ptr<TrainingSession> longRun() {
    std::vector<TrainingEvent> script = {Started{.totalSteps = 100000}};
    for (int i = 1; i <= 100000; ++i)
        script.emplace_back(StepDone{.step = i});
    return std::make_unique<TrainingThread>(
        std::make_unique<test::ScriptedLoop>(std::move(script), std::chrono::milliseconds(1)));
}

/// Clicks a button of the next message box.
void answerNext(const QString& button) {
    QTimer::singleShot(0, qApp, [button] {
        auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (question == nullptr)
            return answerNext(button);
        for (QAbstractButton* candidate : question->buttons()) {
            if (candidate->text() == button)
                candidate->click();
        }
    });
}

} // namespace

class TestTrainingController : public QObject {
    Q_OBJECT

public Q_SLOTS:
    /// Opens a folder instead of the desktop.
    void reveal(const QUrl& url) { revealed_ = url.toLocalFile(); }

private:
    QString revealed_;

private Q_SLOTS:
    void closingWhileTrainingAsksAndStopsTheRun() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        TrainingController controller(longRun(), config, window, theme);
        window.show();
        controller.run().startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(controller.run().history().step() > 3);

        answerNext(QStringLiteral("Keep training"));
        QVERIFY(!window.close());
        QVERIFY(controller.run().running());
        QVERIFY(window.isVisible());

        answerNext(QStringLiteral("Stop, save and close"));
        window.close();
        QTRY_VERIFY(!window.isVisible());
        QVERIFY(!controller.run().running());
        QCOMPARE(controller.run().history().state(), RunState::Stopped);
    }

    /// Without an audio device, as on many servers.
    void anAuditionThatCannotPlaySaysWhy() {
        qputenv("PULSE_SERVER", "unix:/nowhere");
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        TrainingController controller(longRun(), config, window, theme);
        controller.addAuditions(std::make_unique<test::ScriptedListening>());
        QString said;
        connect(qApp, &QApplication::focusWindowChanged, &window, [&said] {
            if (auto* message = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                said = message->text();
                message->close();
            }
        });
        Q_EMIT controller.page().auditionRequested(QStringLiteral("/run/auditions/step-8/vocals.flac"));
        QTRY_COMPARE(said, QStringLiteral("No audio device found"));
    }

    /// Beside the button that starts a run.
    void theToolBarShowsTheFolderOfNewRuns() {
        const QTemporaryDir folder;
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        TrainingController controller(longRun(), config, window, theme);
        auto* button = window.toolBar().findChild<RunFolderButton*>();
        QVERIFY(button != nullptr);
        QCOMPARE(button->accessibleName(), QStringLiteral("Runs folder: ") + controller.run().runsFolder());

        const QString other = folder.filePath(QStringLiteral("other"));
        config.set(*findOption("training.output_dir"), other.toStdString());
        QTRY_COMPARE(button->accessibleName(), QStringLiteral("Runs folder: ") + other);
        QVERIFY(button->toolTip().contains(other));
        QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "reveal");
        button->menu()->actions().front()->trigger();
        QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
        QCOMPARE(revealed_, other);
        QVERIFY(QDir(other).exists());

        const QString chosen = folder.filePath(QStringLiteral("chosen"));
        Q_EMIT button->folderChosen(chosen);
        QTRY_COMPARE(button->accessibleName(), QStringLiteral("Runs folder: ") + chosen);
        QCOMPARE(controller.run().runsFolder(), chosen);
        QCOMPARE(preferences::runsFolder(), chosen);
    }

    /// Qt 6.8 and later send announcements to active screen readers only, where no test can see them.
    void newScoresAreAnnounced() {
        if (QT_VERSION >= QT_VERSION_CHECK(6, 8, 0))
            QSKIP("needs Qt before 6.8");
        const QTemporaryDir folder;
        std::ofstream(folder.filePath(QStringLiteral("config.yaml")).toStdString()) << dumpConfig({});
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        TrainingController controller(longRun(), config, window, theme);
        const auto announced = [&] { return Notification::in(window).accessibleName(); };
        const auto labels = window.statusBar()->findChildren<SteadyLabel*>();
        const auto* best =
            *std::ranges::find(labels, QStringLiteral("Best score"), &SteadyLabel::accessibleName);
        const auto scored = [](int epoch, double cSdr) {
            return TimedEvent{eventTimeNow(), ValidationDone{.step = epoch,
                                                             .epoch = epoch,
                                                             .stems = {{"vocals", {.cSdr = cSdr}}},
                                                             .best = true}};
        };
        RunModel& run = controller.run();
        run.setFollowsJournal(true);
        run.open(folder.path());
        run.appendJournal({.events = {scored(1, 3)}, .fromStart = true});
        QTRY_VERIFY(best->text().endsWith(QStringLiteral("epoch 1")));
        run.appendJournal({.events = {scored(2, 4)}, .last = true});
        QTRY_VERIFY(best->text().endsWith(QStringLiteral("epoch 2")));
        QCOMPARE(announced(), QString()); // old scores
        run.appendJournal({.events = {scored(3, 5.2)}, .last = true});
        QTRY_COMPARE(announced(), QStringLiteral("Epoch 3: vocals cSDR 5.20 dB"));
    }

    void closesImmediatelyWithoutARun() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        TrainingController controller(longRun(), config, window, theme);
        window.show();
        QVERIFY(window.close());
    }

    void destructorJoinsARunInProgress() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        auto controller = std::make_unique<TrainingController>(longRun(), config, window, theme);
        controller->run().startNew(QStringLiteral("/nowhere/run"));
        controller.reset();
    }
};

HEADROOM_UI_TEST_MAIN(TestTrainingController)
#include "tst_training_controller.moc"
