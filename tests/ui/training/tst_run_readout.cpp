// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/theme/theme.h"
#include "ui/training/run_readout.h"

#include <cstdlib>

using namespace headroom;
using namespace headroom::ui;

namespace {

constexpr int charts = 5;
constexpr int linesPerChart = 4;

int hueOf(int chart) {
    return chart * 360 / charts;
}

std::vector<Readout> readouts() {
    std::vector<Readout> all;
    for (int chart = 0; chart < charts; ++chart) {
        Readout readout{QStringLiteral("Chart"), QStringLiteral("0"), {}};
        for (int line = 0; line < linesPerChart; ++line)
            readout.lines.push_back({QStringLiteral("vocals"), QStringLiteral("0"),
                                     QColor::fromHsv(hueOf(chart), 255, 255), LegendSymbol::Square});
        all.push_back(readout);
    }
    return all;
}

/// The rows of a picture with the legend symbols of a chart.
std::vector<int> symbolRows(const QImage& picture, int chart) {
    std::vector<int> rows;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width() / 2; ++x) {
            const QColor pixel = picture.pixelColor(x, y);
            if (pixel.saturation() < 200 || std::abs(pixel.hue() - hueOf(chart)) > 20)
                continue;
            rows.push_back(y);
            break;
        }
    return rows;
}

/// How many lines of text the right part of a picture has, with space between them.
int textLines(const QImage& picture) {
    const QRgb background = picture.pixel(picture.width() - 1, picture.height() - 1);
    int lines = 0;
    bool inText = false;
    for (int y = 0; y < picture.height(); ++y) {
        bool isText = false;
        for (int x = picture.width() * 3 / 4; x < picture.width(); ++x)
            isText = isText || picture.pixel(x, y) != background;
        lines += isText && !inText ? 1 : 0;
        inText = isText;
    }
    return lines;
}

} // namespace

class TestRunReadout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Charts may have much less height than their values.
    void valuesNeverOverlap_data() {
        QTest::addColumn<int>("height");
        QTest::addColumn<std::vector<int>>("tops");
        for (const int height : {700, 360, 200}) {
            const auto row = [height](const char* name) -> QTestData& {
                return QTest::newRow(qPrintable(QStringLiteral("%1 in %2").arg(name).arg(height))) << height;
            };
            row("all at the top") << std::vector<int>(charts, 0);
            row("all at the bottom") << std::vector<int>(charts, height);
            row("beside the charts") << std::vector<int>{0, height / 5, height * 2 / 5, height * 3 / 5,
                                                         height * 4 / 5};
        }
    }
    void valuesNeverOverlap() {
        QFETCH(int, height);
        QFETCH(std::vector<int>, tops);
        const Theme theme(Theme::Mode::Dark);
        RunReadout readout;
        readout.setPalette(theme.palette());
        readout.resize(300, height);
        readout.show({}, readouts(), tops);
        const QImage picture = readout.grab().toImage();
        int above = 0;
        for (int chart = 0; chart < charts; ++chart) {
            const std::vector<int> rows = symbolRows(picture, chart);
            QVERIFY2(rows.size() >= 3 * linesPerChart, qPrintable(QString::number(rows.size())));
            QVERIFY2(rows.front() > above + 5, qPrintable(QString::number(rows.front())));
            above = rows.back();
        }
        QVERIFY(above < picture.height() - 1);
        QCOMPARE(textLines(picture), charts * (linesPerChart + 1)); // with the units
    }
};

HEADROOM_UI_TEST_MAIN(TestRunReadout)
#include "tst_run_readout.moc"
