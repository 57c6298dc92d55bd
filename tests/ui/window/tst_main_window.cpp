#include "tests/support/strict_ui_main.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

#include <QLabel>
#include <QMenuBar>

using namespace headroom::ui;

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reachesEveryPageByItsNumber() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        auto* first = new QLabel(QStringLiteral("first"));
        auto* second = new QLabel(QStringLiteral("second"));
        window.addPage(first, QStringLiteral("First"), {});
        window.addPage(second, QStringLiteral("Second"), {});
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QVERIFY(first->isVisible());
        QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
        QVERIFY(second->isVisible());
        QVERIFY(!first->isVisible());
        window.showPage(first);
        QVERIFY(first->isVisible());
        second->setObjectName(QStringLiteral("two"));
        QVERIFY(window.showPage(QStringLiteral("two")));
        QVERIFY(second->isVisible());
        QVERIFY(!window.showPage(QStringLiteral("Second")));
    }

    void staysOpenWhereItsGuardSaysSo() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        window.show();
        bool allowed = false;
        window.addCloseGuard([&allowed] { return allowed; });
        QVERIFY(!window.close());
        allowed = true;
        QVERIFY(window.close());
    }

    void whatIsToldToCloseAsksNothingAndWaitsForItsLastWork() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        window.show();
        bool done = false;
        window.addCloseGuard([] { return false; });
        window.setLastWork([&done] { return done; });
        window.closeWithoutQuestions();
        QVERIFY(window.isVisible());
        done = true;
        QVERIFY(window.close());
    }

    /// Whatever page the window was last closed on.
    void theDockOfSettingsBelongsToThePage() {
        Theme theme(Theme::Mode::Dark);
        QByteArray state;
        for (const bool again : {false, true}) {
            MainWindow window;
            auto* with = new QLabel(QStringLiteral("with"));
            auto* without = new QLabel(QStringLiteral("without"));
            auto* settings = new QLabel(QStringLiteral("settings"));
            with->setObjectName(QStringLiteral("with"));
            window.setSettings(settings);
            window.addPage(with, QStringLiteral("With"), {.settingsOpen = true});
            window.addPage(without, QStringLiteral("Without"), {.settingsOpen = false});
            if (again)
                window.restoreArrangement(state);
            window.show();
            QVERIFY(settings->isVisible());
            window.showPage(without);
            QVERIFY(!settings->isVisible());
            state = window.saveState();
            if (!again)
                continue;
            window.showPage(with);
            window.setSettingsOpen(QStringLiteral("with"), false);
            QVERIFY(!settings->isVisible());
        }
    }

    void menusWithoutActionsAreAbsent() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        QAction action;
        window.addAction(MainWindow::Menu::Run, &action);
        QStringList shown;
        for (const QAction* menu : window.menuBar()->actions())
            if (menu->isVisible())
                shown << menu->text();
        QCOMPARE(shown, QStringList({"&Run"}));
    }
};

HEADROOM_UI_TEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
