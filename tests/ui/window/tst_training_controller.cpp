#include "core/session/training_thread.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/training_controller.h"

#include <QMessageBox>
#include <QPushButton>

using namespace headroom;
using namespace headroom::ui;

namespace {

std::unique_ptr<TrainingSession> longRun() {
    std::vector<TrainingEvent> script = {Started{.totalSteps = 100000}};
    for (int i = 1; i <= 100000; ++i)
        script.emplace_back(StepDone{.step = i});
    return std::make_unique<TrainingThread>(
        std::make_unique<ScriptedLoop>(std::move(script), std::chrono::milliseconds(1)));
}

/// Answers the next question that the program asks by pressing a button of it.
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

private Q_SLOTS:
    void closingWhileTrainingAsksSavesAndCloses() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        TrainingController studio(longRun(), config, window, theme);
        window.show();
        studio.run().startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(studio.run().history().step() > 3);

        answerNext(QStringLiteral("Keep training"));
        QVERIFY(!window.close());
        QVERIFY(studio.run().running());
        QVERIFY(window.isVisible());

        answerNext(QStringLiteral("Stop, save and close"));
        window.close();
        QTRY_VERIFY(!window.isVisible());
        QVERIFY(!studio.run().running());
        QCOMPARE(studio.run().history().standing(), RunStanding::Stopped);
    }

    /// As at the end of the session: the run is stopped, which saves it, and then the window closes.
    void closingWithoutQuestionsStopsTheRunAndCloses() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        TrainingController studio(longRun(), config, window, theme);
        window.addCloseGuard([] {
            qFatal("a question was asked");
            return false;
        });
        window.show();
        studio.run().startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(studio.run().history().step() > 3);
        window.closeWithoutQuestions();
        QTRY_VERIFY(!window.isVisible());
        QCOMPARE(studio.run().history().standing(), RunStanding::Stopped);
    }

    void closesWithoutAQuestionWhenNothingIsGoingOn() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        TrainingController studio(longRun(), config, window, theme);
        window.show();
        QVERIFY(window.close());
    }

    void joinsARunThatIsStillGoing() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        ConfigModel config;
        auto studio = std::make_unique<TrainingController>(longRun(), config, window, theme);
        studio->run().startNew(QStringLiteral("/nowhere/run"));
        studio.reset();
    }
};

HEADROOM_UI_TEST_MAIN(TestTrainingController)
#include "tst_training_controller.moc"
