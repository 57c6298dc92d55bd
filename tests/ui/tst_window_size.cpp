// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "ui/runs/run_model.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <QScreen>
#include <QTabBar>
#include <QTranslator>

using namespace headroom;
using namespace headroom::ui;

class TestWindowSize : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPageFitsASmallScreen_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QString();
        QTest::newRow("Korean") << QStringLiteral("ko");
    }
    void everyPageFitsASmallScreen() {
        QFETCH(QString, language);
        QTranslator window;
        QTranslator options;
        if (!language.isEmpty()) {
            QVERIFY(window.load(QStringLiteral(":/translations/headroom_") + language));
            QVERIFY(options.load(QStringLiteral(":/translations/options_") + language));
            QCoreApplication::installTranslator(&window);
            QCoreApplication::installTranslator(&options);
        }
        Theme theme(Theme::Mode::Dark);
        Studio studio(test::scriptedServices(), theme);
        MainWindow& main = studio.window();
        main.show();
        studio.training()->run().startNew(QStringLiteral("/nowhere/a run with a rather long name"));
        QTRY_VERIFY(studio.training()->run().history().step() > 3);
        auto* tabs = main.findChild<QTabBar*>();
        for (int page = 0; page < tabs->count(); ++page) {
            tabs->setCurrentIndex(page); // with the configuration panel on pages that open it
            QCoreApplication::processEvents();
            const QSize minimum = main.minimumSizeHint();
            qInfo("%s: %d x %d", qPrintable(tabs->tabText(page)), minimum.width(), minimum.height());
            QVERIFY2(minimum.width() <= 1000, qPrintable(tabs->tabText(page)));
            QVERIFY2(minimum.height() <= 580, qPrintable(tabs->tabText(page)));
            main.setConfigurationOpen(main.currentPage()->objectName(), true);
            QCoreApplication::processEvents();
            QVERIFY2(main.minimumSizeHint().width() <= 1260, qPrintable(tabs->tabText(page)));
        }
    }

    void theWindowIsNoLargerThanTheScreen() {
        Theme theme(Theme::Mode::Dark);
        const MainWindow window;
        const QSize screen = window.screen()->availableSize();
        QVERIFY(window.width() <= screen.width());
        QVERIFY(window.height() <= screen.height());
    }
};

HEADROOM_UI_TEST_MAIN(TestWindowSize)
#include "tst_window_size.moc"
