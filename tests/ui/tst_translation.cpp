#include "core/config/knob_table.h"
#include "tests/support/strict_ui_main.h"
#include "ui/main_window.h"
#include "ui/models/config_model.h"
#include "ui/models/knob_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/knob_panel.h"

#include <QPushButton>
#include <QTranslator>

using namespace headroom;
using namespace headroom::ui;

class TestTranslation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWindowSpeaksKorean() {
        QTranslator korean;
        QVERIFY(korean.load(QLocale(QStringLiteral("ko")), QStringLiteral("headroom"), QStringLiteral("_"),
                            QStringLiteral(":/translations")));
        QCoreApplication::installTranslator(&korean);
        QTranslator knobs;
        QVERIFY(knobs.load(QLocale(QStringLiteral("ko")), QStringLiteral("knobs"), QStringLiteral("_"),
                           QStringLiteral(":/translations")));
        QCoreApplication::installTranslator(&knobs);
        QCOMPARE(knobTitle(*findKnob("training.batch_size")), QStringLiteral("배치 크기"));
        for (const Knob& knob : knobTable()) {
            const QString title = knobTitle(knob);
            const auto isKorean = [](const QString& text) {
                return std::any_of(text.begin(), text.end(),
                                   [](QChar c) { return c.script() == QChar::Script_Hangul; });
            };
            QVERIFY2(isKorean(title), qPrintable(title));
            // What a knob does has changed in the knob table where this fails: change knobs_ko.ts as well.
            const QString about = knobToolTip(knob).section(QLatin1Char('\n'), 0, 0);
            QVERIFY2(isKorean(about), qPrintable(about));
        }
        Theme theme(Theme::Mode::Light);
        ConfigModel config;
        KnobPanel panel(config, theme);
        config.set(*findKnob("model.num_layers"), std::int64_t{3});
        QStringList texts;
        for (const auto* label : panel.findChildren<QLabel*>())
            texts << label->text();
        QVERIFY(texts.contains(QStringLiteral("프리셋에서 1개 변경")));
        QCoreApplication::removeTranslator(&korean);
        QCoreApplication::removeTranslator(&knobs);
    }
};

HEADROOM_UI_TEST_MAIN(TestTranslation)
#include "tst_translation.moc"
