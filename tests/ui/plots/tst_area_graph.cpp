// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/plots/area_graph.h"
#include "ui/plots/quick_drawing.h"

#include <QSvgGenerator>

#include <cmath>

using namespace headroom::ui;

namespace {

/// A chart from 0 to 10 on both axes with one area.
struct Chart {
    QCustomPlot plot;
    AreaGraph* low = new AreaGraph(plot.xAxis, plot.yAxis);
    AreaGraph* high = new AreaGraph(plot.xAxis, plot.yAxis);

    explicit Chart(bool between) {
        useQuickDrawing(plot);
        plot.resize(400, 300);
        plot.xAxis->setRange(0, 10);
        plot.yAxis->setRange(0, 10);
        for (AreaGraph* graph : {low, high})
            graph->setPen(Qt::NoPen);
        high->setBrush(Qt::red);
        if (between)
            high->setLower(low);
    }

    /// @param points on each line, evenly spaced from 1 to 9
    void fill(int points, double (*lower)(double), double (*upper)(double)) {
        for (int i = 0; i < points; ++i) {
            const double x = 1 + 8.0 * i / (points - 1);
            low->addData(x, lower(x));
            high->addData(x, upper(x));
        }
    }

    /// Whether the area covers a point of the chart.
    bool isRed(double x, double y) {
        const QImage image = plot.toPixmap(400, 300).toImage();
        const QPoint pixel(qRound(plot.xAxis->coordToPixel(x)), qRound(plot.yAxis->coordToPixel(y)));
        return image.pixelColor(pixel) == QColor(Qt::red);
    }
};

} // namespace

class TestAreaGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fillsBetweenItsLines_data() {
        QTest::addColumn<int>("points");
        QTest::newRow("a few points") << 2;
        QTest::newRow("a point in each column") << 300;
        QTest::newRow("many points in each column") << 5000;
    }

    void fillsBetweenItsLines() {
        QFETCH(int, points);
        Chart chart(true);
        chart.fill(
            points, [](double x) { return 1 + x / 10; }, [](double x) { return 5 + x / 5; });
        QVERIFY(chart.isRed(1.5, 3));
        QVERIFY(chart.isRed(8.5, 6.5));
        QVERIFY(!chart.isRed(1.5, 5.5));
        QVERIFY(!chart.isRed(8.5, 1.6));
        QVERIFY(!chart.isRed(0.8, 3));
        QVERIFY(!chart.isRed(9.2, 3));
    }

    void fillsDownToZeroWithoutALowerLine() {
        Chart chart(false);
        chart.fill(
            50, [](double) { return 2.0; }, [](double) { return 4.0; });
        QVERIFY(chart.isRed(5, 0.3));
        QVERIFY(chart.isRed(5, 3.8));
        QVERIFY(!chart.isRed(5, 4.4));
    }

    void fillsEveryColumn() {
        Chart chart(true);
        chart.fill(
            77, [](double) { return 2.0; }, [](double x) { return 6 + std::sin(40 * x); });
        for (double x = 1.1; x < 8.9; x += 0.01)
            QVERIFY2(chart.isRed(x, 4), qPrintable(QString::number(x)));
    }

    void isOnePolygonInVectorOutput() {
        Chart chart(true);
        chart.fill(
            20, [](double) { return 2.0; }, [](double) { return 4.0; });
        QByteArray drawing;
        QBuffer buffer(&drawing);
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize({400, 300});
        QCPPainter painter(&svg);
        painter.setMode(QCPPainter::pmVectorized);
        chart.plot.toPainter(&painter, 400, 300);
        painter.end();
        QCOMPARE(drawing.count("fill=\"#ff0000\""), 1);
    }
};

HEADROOM_UI_TEST_MAIN(TestAreaGraph)
#include "tst_area_graph.moc"
