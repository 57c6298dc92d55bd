#include "core/config/knob_table.h"
#include "core/session/scripted_loop.h"
#include "core/session/training_thread.h"
#include "tests/support/scripted_forecast_service.h"
#include "tests/support/scripted_listening.h"
#include "tests/support/strict_ui_main.h"
#include "ui/main_window.h"
#include "ui/models/run_model.h"
#include "ui/studio.h"
#include "ui/theme/theme.h"
#include "ui/training_studio.h"

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QDir>
#include <QPushButton>
#include <QSlider>
#include <QTabBar>
#include <qcustomplot.h>

using namespace headroom;
using namespace headroom::ui;

namespace {

class NoRuns final : public RunStore {
public:
    void list(std::uint64_t number, std::vector<std::string>,
              std::function<void(const RunList&)> answer) override {
        answer({number, {}});
    }
    void read(std::uint64_t number, const std::string&,
              std::function<void(const RunPiece&)> answer) override {
        answer({.number = number, .last = true});
    }
    void cancel(std::uint64_t) override {}
};

class OneSong final : public DatasetService {
public:
    void examine(std::uint64_t number, const std::string& root,
                 std::function<void(const DatasetEvent&)> sink) override {
        sink(DatasetExamined{number, {root, {{"amber", "train", {}, {}}}, {}}});
    }
    void composeDemoSongs(std::uint64_t number, const std::string& folder,
                          std::function<void(const DatasetEvent&)> sink) override {
        sink(DemoSongsComposed{number, folder});
    }
    void cancel(std::uint64_t) override {}
};

Services scriptedServices() {
    std::vector<TrainingEvent> script = {Started{.totalSteps = 100000}};
    for (int i = 1; i <= 100000; ++i)
        script.emplace_back(StepDone{.step = i, .epoch = 1, .loss = 1.0 / i});
    auto forecast = std::make_unique<test::ScriptedForecastService>();
    forecast->prompt = true;
    Services services;
    services.forecast = std::move(forecast);
    services.training = std::make_unique<TrainingThread>(
        std::make_unique<ScriptedLoop>(std::move(script), std::chrono::milliseconds(1)));
    services.runs = std::make_unique<NoRuns>();
    services.listening = std::make_unique<test::ScriptedListening>();
    services.separation = std::make_unique<test::ScriptedSeparation>();
    services.dataset = std::make_unique<OneSong>();
    return services;
}

QString nameOf(QWidget* widget) {
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
    return interface == nullptr ? QString() : interface->text(QAccessible::Name);
}

/// The widgets of the window that can have the focus and have no name, in words.
QStringList nameless(QWidget& window) {
    QStringList found;
    for (auto* widget : window.findChildren<QWidget*>()) {
        // The field in a spin box speaks for the box.
        const bool reached = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() &&
                             qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) == nullptr;
        const bool isPlot = qobject_cast<QCustomPlot*>(widget) != nullptr && widget->isVisible();
        // A plot is read by the widget around it, which has the keys.
        QWidget* read = isPlot ? widget->parentWidget() : widget;
        if ((reached || isPlot) && nameOf(read).isEmpty())
            found << QStringLiteral("%1 in %2")
                         .arg(QString::fromLatin1(read->metaObject()->className()),
                              QString::fromLatin1(read->parentWidget()->metaObject()->className()));
    }
    found.removeDuplicates();
    return found;
}

} // namespace

class TestAccessibility : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatTheKeyboardReachesHasAName() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(scriptedServices(), theme);
        MainWindow& window = studio.window();
        window.resize(1440, 900);
        window.show();
        auto* tabs = window.findChild<QTabBar*>();
        QVERIFY(tabs->count() >= 5);
        const auto walk = [&] {
            for (int page = 0; page < tabs->count(); ++page) {
                tabs->setCurrentIndex(page);
                window.showSettings();
                QCoreApplication::processEvents();
                const QStringList without = nameless(window);
                QVERIFY2(without.isEmpty(), qPrintable(tabs->tabText(page) + QStringLiteral(": ") +
                                                       without.join(QStringLiteral("; "))));
            }
        };
        walk();
        // The same with a data set, a song and a run.
        studio.config().set(*findKnob("data.root"), QDir::tempPath().toStdString());
        studio.training()->run().startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(studio.training()->run().history().step() > 3);
        walk();
    }

    /// The demo songs, a slider, some steps, stop, and the page to listen: without a mouse.
    void aWholeJobNeedsNoMouse() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(scriptedServices(), theme);
        MainWindow& window = studio.window();
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto tabTo = [&]<typename Widget>(const QString& name, Widget*& found) {
            for (int i = 0; i < 400; ++i) {
                QWidget* focus = QApplication::focusWidget();
                found = qobject_cast<Widget*>(focus);
                if (found != nullptr && nameOf(focus) == name)
                    return true;
                QTest::keyClick(focus != nullptr ? focus : &window, Qt::Key_Tab);
            }
            return false;
        };
        QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
        QPushButton* demo = nullptr;
        QVERIFY(tabTo(QStringLiteral("Start on the demo songs"), demo));
        QTest::keyClick(demo, Qt::Key_Space);
        RunModel& run = studio.training()->run();
        QTRY_VERIFY(run.history().step() > 3);

        QSlider* slider = nullptr;
        QVERIFY(tabTo(QStringLiteral("Learning rate"), slider));
        const double before = studio.config().config().training.learningRate;
        QTest::keyClick(slider, Qt::Key_Left);
        QVERIFY(studio.config().config().training.learningRate < before);
        QTest::keyClick(slider, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(studio.config().config().training.learningRate, before);

        QTest::keyClick(&window, Qt::Key_F7);
        QTRY_VERIFY(run.state() == RunState::Ended);
        QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(nameOf(QApplication::focusWidget()), QStringLiteral("Listen"));
    }
};

HEADROOM_UI_TEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
