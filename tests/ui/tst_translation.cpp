// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/option_text.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

#include <QLabel>
#include <QPushButton>
#include <QTranslator>

using namespace headroom;
using namespace headroom::ui;

class TestTranslation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void translatesTheWindowToKorean() {
        QTranslator korean;
        QVERIFY(korean.load(QLocale(QStringLiteral("ko")), QStringLiteral("headroom"), QStringLiteral("_"),
                            QStringLiteral(":/translations")));
        QCoreApplication::installTranslator(&korean);
        QTranslator options;
        QVERIFY(options.load(QLocale(QStringLiteral("ko")), QStringLiteral("options"), QStringLiteral("_"),
                             QStringLiteral(":/translations")));
        QCoreApplication::installTranslator(&options);
        QCOMPARE(optionTitle(*findOption("training.batch_size")), QStringLiteral("배치 크기"));
        for (const Option& option : optionTable()) {
            const QString title = optionTitle(option);
            const auto isKorean = [](const QString& text) {
                return std::any_of(text.begin(), text.end(),
                                   [](QChar c) { return c.script() == QChar::Script_Hangul; });
            };
            QVERIFY2(isKorean(title), qPrintable(title));
            // If this fails, a description in the option table has changed: update options_ko.ts.
            const QString description = optionToolTip(option).section(QLatin1Char('\n'), 0, 0);
            QVERIFY2(isKorean(description), qPrintable(description));
        }
        Theme theme(Theme::Mode::Light);
        ConfigModel config;
        OptionPanel panel(config, theme);
        config.set(*findOption("model.num_layers"), std::int64_t{3});
        QStringList texts;
        for (const auto* label : panel.findChildren<QLabel*>())
            texts << label->text();
        QVERIFY(texts.contains(QStringLiteral("프리셋에서 1개 변경")));
        QCoreApplication::removeTranslator(&korean);
        QCoreApplication::removeTranslator(&options);
    }
};

HEADROOM_UI_TEST_MAIN(TestTranslation)
#include "tst_translation.moc"
