// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/plot_row.h"

#include "ui/plots/area_graph.h"
#include "ui/theme/palette.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

QSharedPointer<QCPGraphDataContainer> dataOf(const std::vector<CurvePoint>& points, double CurvePoint::*value,
                                             double unit) {
    QVector<QCPGraphData> data;
    data.reserve(static_cast<qsizetype>(points.size()));
    for (const CurvePoint& point : points)
        data.append({point.x, point.*value / unit});
    auto container = QSharedPointer<QCPGraphDataContainer>::create();
    container->set(data, true);
    return container;
}

} // namespace

PlotRow::PlotRow(QCustomPlot& plot) : plot_(plot), rect_(new QCPAxisRect(&plot)) {
    rect_->setLayer(QStringLiteral("background"));
    rect_->setRangeDrag(Qt::Horizontal);
    rect_->setRangeZoom(Qt::Horizontal);
    rect_->setMinimumMargins(QMargins(0, 2, 0, 2));
    for (QCPAxis* axis : rect_->axes()) {
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }
    time().grid()->setVisible(true);
    values().grid()->setVisible(true);
    values().ticker()->setTickCount(3);
}

QCPAxis& PlotRow::time() {
    return *rect_->axis(QCPAxis::atBottom);
}

QCPAxis& PlotRow::values() {
    return *rect_->axis(QCPAxis::atLeft);
}

QCPAxis& PlotRow::rightValues() {
    return *rect_->axis(QCPAxis::atRight);
}

void PlotRow::applyPalette(const Palette& palette) {
    rect_->setBackground(palette.plot);
    for (QCPAxis* axis : rect_->axes()) {
        const QPen line(palette.line);
        axis->setBasePen(line);
        axis->setTickPen(line);
        axis->setSubTickPen(line);
        axis->setTickLabelColor(palette.faintText);
        axis->setLabelColor(palette.faintText);
        axis->grid()->setPen(QPen(palette.grid));
        axis->grid()->setZeroLinePen(QPen(palette.grid));
    }
}

QCPGraph* PlotRow::addLine(QCPAxis& axis) {
    QCPGraph* graph = plot_.addGraph(&time(), &axis);
    graph->setAdaptiveSampling(false); // the points are already thinned
    return graph;
}

AreaGraph* PlotRow::addArea(QCPAxis& axis, AreaGraph* lower) {
    auto* area = new AreaGraph(&time(), &axis); // owned by the plot
    area->setAdaptiveSampling(false);
    area->setLower(lower);
    return area;
}

PlotRow::Band PlotRow::addBand(QCPAxis& axis) {
    AreaGraph* low = addArea(axis);
    return {low, addArea(axis, low)};
}

void PlotRow::setMeans(QCPGraph& graph, const std::vector<CurvePoint>& points, double unit) {
    graph.setData(dataOf(points, &CurvePoint::mean, unit));
}

void PlotRow::setBand(const Band& band, const std::vector<CurvePoint>& points, double unit) {
    band.low->setData(dataOf(points, &CurvePoint::min, unit));
    band.high->setData(dataOf(points, &CurvePoint::max, unit));
}

void PlotRow::setBandColor(const Band& band, const QColor& color) {
    QColor line = color;
    line.setAlphaF(0.45F);
    QColor area = color;
    area.setAlphaF(0.25F);
    band.low->setPen(QPen(line, 1));
    band.high->setPen(QPen(line, 1));
    band.high->setBrush(area);
}

void PlotRow::setHorizontalLine(QCPGraph& graph, const RunView& view, std::optional<double> height) {
    if (height)
        graph.setData({view.from, view.to}, {*height, *height}, true);
    else
        graph.data()->clear();
}

void PlotRow::setLogScale(QCPAxis& axis, bool logarithmic) {
    const auto wanted = logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear;
    if (axis.scaleType() == wanted)
        return;
    axis.setScaleType(wanted);
    if (logarithmic)
        axis.setTicker(QSharedPointer<QCPAxisTickerLog>::create());
    else
        axis.setTicker(QSharedPointer<QCPAxisTicker>::create());
    axis.ticker()->setTickCount(3);
}

void PlotRow::fit(QCPAxis& axis, double low, double high) {
    if (axis.scaleType() == QCPAxis::stLogarithmic) {
        const double least = low > 0 ? low : high / 1000;
        if (high > 0)
            axis.setRange(least / 1.15, high * 1.15);
        return;
    }
    const double room = high > low ? (high - low) * 0.08 : std::max(std::abs(high) * 0.1, 1e-9);
    axis.setRange(low - room, high + room);
}

void Extent::add(double value) {
    low = empty ? value : std::min(low, value);
    high = empty ? value : std::max(high, value);
    empty = false;
}

void Extent::add(const std::vector<CurvePoint>& points, double unit) {
    for (const CurvePoint& point : points) {
        add(point.min / unit);
        add(point.max / unit);
    }
}

QString shortNumber(double value) {
    const double size = std::abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e5))
        return QString::number(value, 'e', 1);
    const int decimals = size >= 100 ? 1 : size >= 1 ? 3 : 4;
    return QString::number(value, 'f', decimals);
}

QString meanAt(const BucketedSeries& series, std::size_t channel, const RunView& view, double x,
               QString (*text)(double)) {
    if (series.buckets() == 0)
        return QStringLiteral("–");
    // Not every step has a value: use the last one.
    for (std::size_t i = bucketAt(series, view.scale, x) + 1; i-- > 0;) {
        if (series.at(channel, i).count > 0)
            return text(series.at(channel, i).mean());
    }
    return QStringLiteral("–");
}

} // namespace headroom::ui
