#include "tests/support/strict_ui_main.h"
#include "ui/main_window.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QMenuBar>

using namespace headroom::ui;

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reachesEveryPageByItsNumber() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window(theme);
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
        MainWindow window(theme);
        window.show();
        bool allowed = false;
        window.setCloseGuard([&allowed] { return allowed; });
        QVERIFY(!window.close());
        allowed = true;
        QVERIFY(window.close());
    }

    void menusWithoutActionsAreAbsent() {
        Theme theme(Theme::Mode::Dark);
        MainWindow window(theme);
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
