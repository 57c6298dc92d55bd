#include "app/studio/orderly_end.h"
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

constexpr int patience = 60000; // ms

ui::Services longRun(std::vector<TrainingEvent> end = {}) {
    std::vector<TrainingEvent> script = {Started{.totalSteps = 100000}};
    for (int i = 1; i <= 100000; ++i)
        script.emplace_back(StepDone{.step = i});
    script.insert(script.end(), end.begin(), end.end());
    Services services;
    services.training = std::make_unique<TrainingThread>(
        std::make_unique<ScriptedLoop>(std::move(script), std::chrono::milliseconds(1)));
    return services;
}

/// A run whose last save fails.
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

/// The studio told to end from outside.
class TestOrderlyEnd : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSignalStopsTheRunAndEndsTheProgram_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("SIGUSR1") << SIGUSR1;
    }
    void aSignalStopsTheRunAndEndsTheProgram() {
        QFETCH(int, signal);
        Studio studio(longRun(), theme_);
        const app::OrderlyEnd orderlyEnd(studio);
        studio.window().show();
        RunModel& run = begin(studio);
        QTimer::singleShot(0, qApp, [signal] { ::raise(signal); });
        QCOMPARE(QCoreApplication::exec(), 130);
        QVERIFY(!run.running());
        QVERIFY(run.history().standing() == RunStanding::Stopped);
    }

    /// Nobody is there to answer.
    void aDialogIsNoHindrance() {
        Studio studio(longRun(), theme_);
        const app::OrderlyEnd orderlyEnd(studio);
        studio.window().show();
        const RunModel& run = begin(studio);
        QTimer::singleShot(0, qApp, [&studio] {
            QTimer::singleShot(0, qApp, [] { ::raise(SIGTERM); });
            studio.window().close(); // asks whether to stop
        });
        QCOMPARE(QCoreApplication::exec(), 130);
        QVERIFY(!run.running());
    }

    void withoutARunTheProgramEnds() {
        Studio studio(longRun(), theme_);
        const app::OrderlyEnd orderlyEnd(studio);
        QTimer::singleShot(0, qApp, [] { ::raise(SIGTERM); });
        QCOMPARE(QCoreApplication::exec(), 130);
    }

    void aRunThatCouldNotBeSavedIsAFailure() {
        Services services;
        services.training = std::make_unique<TrainingThread>(std::make_unique<UnsavedLoop>());
        Studio studio(std::move(services), theme_);
        const app::OrderlyEnd orderlyEnd(studio);
        begin(studio);
        QTimer::singleShot(0, qApp, [] { ::raise(SIGTERM); });
        QCOMPARE(QCoreApplication::exec(), 1);
    }

    /// Of the session: the program may be ended right afterwards.
    void savingReturnsWhenTheRunHasEnded() {
        auto thread = std::make_unique<TrainingThread>(std::make_unique<ScriptedLoop>(
            std::vector<TrainingEvent>{Started{}, StepDone{.step = 1}}, std::chrono::hours(1)));
        TrainingThread& session = *thread;
        Services services;
        services.training = std::move(thread);
        Studio studio(std::move(services), theme_);
        app::OrderlyEnd orderlyEnd(studio);
        begin(studio);
        orderlyEnd.save();
        QVERIFY_EXCEPTION_THROWN(session.setOption("training.learning_rate", "1e-4"),
                                 Error); // no run is going
        QTRY_VERIFY_WITH_TIMEOUT(!studio.training()->run().running(), patience);
    }

private:
    /// A run that has done a step.
    static RunModel& begin(Studio& studio) {
        RunModel& run = studio.training()->run();
        run.startNew(QStringLiteral("/nowhere/run"));
        [&run] { QTRY_VERIFY_WITH_TIMEOUT(run.history().step() > 0, patience); }();
        return run;
    }

    Theme theme_{Theme::Mode::Dark};
};

HEADROOM_UI_TEST_MAIN(TestOrderlyEnd)
#include "tst_orderly_end.moc"
