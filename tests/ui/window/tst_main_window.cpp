// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

#include <QLabel>
#include <QMenuBar>

using namespace headroom::ui;

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shortcutsSelectPages() {
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

    void aGuardKeepsTheWindowOpen() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        window.show();
        bool allowed = false;
        window.addCloseGuard([&allowed] { return allowed; });
        QVERIFY(!window.close());
        allowed = true;
        QVERIFY(window.close());
    }

    void closingWaitsForTheClosingTask() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        window.show();
        int questions = 0;
        bool done = false;
        window.addCloseGuard([&questions] { return ++questions == 1; });
        window.setClosingTask([&done] { return done; });
        QVERIFY(!window.close());
        QVERIFY(window.isVisible());
        done = true;
        QVERIFY(window.close());
        QCOMPARE(questions, 1);
    }

    /// And not on the page that was visible when the window was last closed.
    void theConfigurationPanelDependsOnThePage() {
        Theme theme(Theme::Mode::Dark);
        QByteArray state;
        for (const bool restored : {false, true}) {
            MainWindow window;
            auto* with = new QLabel(QStringLiteral("with"));
            auto* without = new QLabel(QStringLiteral("without"));
            auto* panel = new QLabel(QStringLiteral("settings"));
            with->setObjectName(QStringLiteral("with"));
            window.setConfigurationPanel(panel);
            window.addPage(with, QStringLiteral("With"), {.configurationOpen = true});
            window.addPage(without, QStringLiteral("Without"), {.configurationOpen = false});
            if (restored)
                window.restoreLayout(state);
            window.show();
            QVERIFY(panel->isVisible());
            window.showPage(without);
            QVERIFY(!panel->isVisible());
            state = window.saveState();
            if (!restored)
                continue;
            window.showPage(with);
            window.setConfigurationOpen(QStringLiteral("with"), false);
            QVERIFY(!panel->isVisible());
        }
    }

    void hidesMenusWithoutActions() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window;
        QAction action;
        window.addAction(MainWindow::Menu::Run, &action);
        QStringList visible;
        for (const QAction* menu : window.menuBar()->actions())
            if (menu->isVisible())
                visible << menu->text();
        QCOMPARE(visible, QStringList({"&Run"}));
    }
};

HEADROOM_UI_TEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
