// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/config/config_file.h"
#include "core/forecast/guide_forecast.h"
#include "tests/support/strict_main.h"

#include <QFile>

#include <map>

using namespace headroom;

namespace {

std::vector<GuideFigure> figuresFor(const char* card) {
    return guideFigures(findCard(card).value()).value();
}

} // namespace

/// The guide's figures and their forecasts.
class TestGuide : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void configurationsEqualPresets() {
        QVERIFY(guideBefore() == loadConfig(HEADROOM_SOURCE_DIR "/configs/guide-before.yaml"));
        QVERIFY(guideAfter() == loadConfig(HEADROOM_SOURCE_DIR "/configs/guide-after.yaml"));
    }

    void computesFigures() {
        std::map<std::string, GuideFigure> figures;
        for (const GuideFigure& figure : figuresFor("RTX 5090")) {
            QVERIFY2(!figures.contains(figure.key), figure.key.c_str());
            QVERIFY(!figure.text.empty());
            figures[figure.key] = figure;
        }
        QCOMPARE(figures["frames_before"].here, std::optional(801.0));
        QCOMPARE(figures["frames_after"].here, std::optional(401.0));
        // 4 bytes per parameter; each tensor is rounded up to 512 bytes.
        const double parameters = figures["parameters_before"].here.value();
        const double bytes = figures["model_before"].here.value();
        QVERIFY(parameters > 40e6 && parameters < 60e6);
        QVERIFY(bytes >= 4 * parameters && bytes < 4.2 * parameters);
        QVERIFY(figures["optimizer_before"].here.value() >= 8 * parameters);
        QVERIFY(figures["total_before"].low == 32e9 && !figures["total_before"].high);
        QVERIFY(figures["total_after"].here.value() < figures["total_before"].here.value());
        for (const char* less :
             {"batch_2", "segment_4", "dim_192", "layers_4", "subbands_48", "checkpointing", "bf16"})
            QVERIFY2(figures[less].here.value() > 0 && figures[less].here.value() < 100, less);
        QVERIFY(figures["batch_1"].here.value() > figures["batch_2"].here.value());
        QCOMPARE(figures["workers"].here, std::optional(0.0));
        QCOMPARE(figures["attention"].here, std::optional(0.0));
        QVERIFY(figures["gigabytes"].here.value() > 32e9);
        QVERIFY(figures["slower_after"].here.value() > 0);
    }

    /// The window translates the figures by their English text.
    void hasKoreanTranslations() {
        QFile file(HEADROOM_SOURCE_DIR "/resources/translations/options_ko.ts");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString known = QString::fromUtf8(file.readAll());
        for (const GuideFigure& figure : figuresFor("RTX 3060")) {
            const QString text = QString::fromStdString(figure.text).replace(u'\'', QLatin1String("&apos;"));
            QVERIFY2(known.contains(QStringLiteral("<source>%1</source>").arg(text)), figure.text.c_str());
        }
    }

    void stopsOnRequest() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!guideFigures(findCard("RTX 3060").value(), stop.get_token()));
    }

    void leavesUnmeasuredFiguresEmpty() {
        for (const GuideFigure& figure : figuresFor("RTX 3060"))
            QCOMPARE(figure.here.has_value(), !figure.key.starts_with("csdr"));
    }
};

HEADROOM_TEST_MAIN(TestGuide)
#include "tst_guide_forecast.moc"
