// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/studio/shutdown_handler.h"
#include "core/session/training_thread.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/runs/run_model.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <QMessageBox>
#include <QTimer>

#include <csignal>

using namespace headroom;
using namespace headroom::ui;

namespace {

constexpr int timeout = 60000; // ms

/// Services whose training runs until it is stopped.
ui::Services longRun() {
    std::vector<TrainingEvent> script = {Started{.totalSteps = 100000}};
    for (int i = 1; i <= 100000; ++i)
        script.emplace_back(StepDone{.step = i});
    Services services;
    services.training = std::make_unique<TrainingThread>(
        std::make_unique<test::ScriptedLoop>(std::move(script), std::chrono::milliseconds(1)));
    return services;
}

/// A run whose last checkpoint cannot be written.
class UnsavedLoop final : public TrainingLoop {
public:
    RunEnd run(const TrainingRequest&, RunControl& control, const EventSink& emit) override {
        emit(Started{.totalSteps = 10});
        emit(StepDone{.step = 1});
        control.pause();
        control.waitWhilePaused([] {}, [] {}, [] {});
        return Stopped{1, "everything up to step 1 (disk full)"};
    }
};

} // namespace

/// Ends the studio by signals and by the end of the session.
class TestShutdownHandler : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signalsStopTheRunAndEndTheProgram_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("SIGUSR1") << SIGUSR1;
    }
    void signalsStopTheRunAndEndTheProgram() {
        QFETCH(int, signal);
        Studio studio(longRun(), theme_);
        const app::ShutdownHandler shutdownHandler(studio);
        studio.window().show();
        RunModel& run = startRun(studio);
        QTimer::singleShot(0, qApp, [signal] { ::raise(signal); });
        QCOMPARE(QCoreApplication::exec(), 130);
        QVERIFY(!run.running());
        QVERIFY(run.history().state() == RunState::Stopped);
    }

    void endsWhileADialogIsOpen() {
        Studio studio(longRun(), theme_);
        const app::ShutdownHandler shutdownHandler(studio);
        studio.window().show();
        const RunModel& run = startRun(studio);
        QTimer::singleShot(0, qApp, [&studio] {
            QTimer::singleShot(0, qApp, [] { ::raise(SIGTERM); });
            studio.window().close(); // asks whether to stop
        });
        QCOMPARE(QCoreApplication::exec(), 130);
        QVERIFY(!run.running());
    }

    void endsWithoutARun() {
        Studio studio(longRun(), theme_);
        const app::ShutdownHandler shutdownHandler(studio);
        QTimer::singleShot(0, qApp, [] { ::raise(SIGTERM); });
        QCOMPARE(QCoreApplication::exec(), 130);
    }

    void failsIfTheRunCannotBeSaved() {
        Services services;
        services.training = std::make_unique<TrainingThread>(std::make_unique<UnsavedLoop>());
        Studio studio(std::move(services), theme_);
        const app::ShutdownHandler shutdownHandler(studio);
        startRun(studio);
        QTimer::singleShot(0, qApp, [] { ::raise(SIGTERM); });
        QCOMPARE(QCoreApplication::exec(), 1);
    }

    /// At the end of a session the program may be killed right after save().
    void saveReturnsAfterTheRunHasEnded() {
        auto thread = std::make_unique<TrainingThread>(std::make_unique<test::ScriptedLoop>(
            std::vector<TrainingEvent>{Started{}, StepDone{.step = 1}}, std::chrono::hours(1)));
        TrainingThread& session = *thread;
        Services services;
        services.training = std::move(thread);
        Studio studio(std::move(services), theme_);
        app::ShutdownHandler shutdownHandler(studio);
        startRun(studio);
        shutdownHandler.save();
        QVERIFY_THROWS_EXCEPTION(Error,
                                 session.setOption("training.learning_rate", "1e-4")); // no run is going
        QTRY_VERIFY_WITH_TIMEOUT(!studio.training()->run().running(), timeout);
    }

private:
    /// Starts a run and waits for its first step.
    static RunModel& startRun(Studio& studio) {
        RunModel& run = studio.training()->run();
        run.startNew(QStringLiteral("/nowhere/run"));
        [&run] { QTRY_VERIFY_WITH_TIMEOUT(run.history().step() > 0, timeout); }();
        return run;
    }

    Theme theme_{Theme::Mode::Dark};
};

HEADROOM_UI_TEST_MAIN(TestShutdownHandler)
#include "tst_shutdown_handler.moc"
