// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"

#include <QDockWidget>
#include <QHash>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>
#include <QUndoView>

using namespace headroom;
using namespace headroom::ui;

namespace {

QMenu* menuOf(const MainWindow& window, const char* title) {
    for (const QAction* action : window.menuBar()->actions())
        if (action->text() == QLatin1String(title))
            return action->menu();
    return nullptr;
}

QAction* find(const QMenu& menu, const char* text) {
    for (QAction* action : menu.actions())
        if (action->text().remove(QLatin1Char('&')) == QString::fromUtf8(text))
            return action;
    qFatal("no action %s", text);
}

struct Fixture {
    Theme theme{Theme::Mode::Dark};
    Studio studio{test::scriptedServices(), theme};
    MainWindow& window = studio.window();
};

} // namespace

class TestMenus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFileMenuCreatesAndOpensEverything() {
        Fixture f;
        const QMenu& file = *menuOf(f.window, "&File");
        for (const char* text :
             {"New from preset", "Open configuration...", "Open recent configuration", "Open data set...",
              "Open data set table...", "Open audio...", "Open weights to listen to...", "Open a run…"})
            QVERIFY(find(file, text));
        QAction* preset = find(file, "New from preset")->menu()->actions().back();
        preset->trigger();
        QCOMPARE(f.studio.config().baselineName(), preset->text());
    }

    void noTwoEntriesOfAMenuShareAMnemonic() {
        Fixture f;
        for (const QMenu* menu : f.window.menuBar()->findChildren<QMenu*>()) {
            QHash<QKeySequence, QString> byMnemonic;
            for (const QAction* action : menu->actions()) {
                const QKeySequence mnemonic = QKeySequence::mnemonic(action->text());
                if (mnemonic.isEmpty())
                    continue;
                const QString both =
                    QStringLiteral("%1 / %2").arg(byMnemonic.value(mnemonic), action->text());
                QVERIFY2(!byMnemonic.contains(mnemonic), qUtf8Printable(both));
                byMnemonic.insert(mnemonic, action->text());
            }
        }
    }

    void theViewMenuHasThePagesAndTheme() {
        Fixture f;
        const QMenu& view = *menuOf(f.window, "&View");
        QAction* data = find(view, "Data");
        QCOMPARE(data->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_4));
        data->trigger();
        auto* tabs = f.window.findChild<QTabBar*>();
        QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Data"));
        QVERIFY(data->isChecked());
        tabs->setCurrentIndex(0);
        QVERIFY(find(view, "Memory")->isChecked());
        QMenu& themes = *find(view, "Theme")->menu();
        find(themes, "Light")->trigger();
        QCOMPARE(f.theme.mode(), Theme::Mode::Light);
        for (const char* text : {"Tool bar", "Configuration", "Full screen"})
            QVERIFY(find(view, text));
    }

    void theUndoListShowsWhatEachStepChanged() {
        Fixture f;
        find(*menuOf(f.window, "&Edit"), "Undo list")->trigger();
        ConfigModel& config = f.studio.config();
        config.history().clear();
        const auto layers = static_cast<long long>(config.config().model.numLayers);
        config.set(*findOption("model.num_layers"), std::int64_t{layers + 1});
        const auto* list = f.window.findChild<QUndoView*>();
        QVERIFY(!list->parentWidget()->isHidden());
        const QString step = list->model()->index(1, 0).data().toString();
        QVERIFY2(step.endsWith(QStringLiteral("%1 → %2").arg(layers).arg(layers + 1)), qPrintable(step));
        QVERIFY(!config.history().undoText().contains(QStringLiteral("→"))); // short in the menu
    }

    void aDragIsOneStepFromItsFirstToItsLastValue() {
        ConfigModel config;
        const Option& layers = *findOption("model.num_layers");
        config.set(layers, std::int64_t{4});
        config.history().clear();
        config.beginDrag();
        for (const std::int64_t value : {5, 6, 7})
            config.set(layers, value);
        config.endDrag();
        QCOMPARE(config.history().count(), 1);
        QVERIFY(config.history().text(0).endsWith(QStringLiteral("4 → 7")));
    }
};

HEADROOM_UI_TEST_MAIN(TestMenus)
#include "tst_menus.moc"
