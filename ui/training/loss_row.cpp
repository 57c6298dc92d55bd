// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/loss_row.h"

#include "ui/plots/area_graph.h"
#include "ui/theme/palette.h"

#include <qcustomplot.h>

#include <limits>

namespace headroom::ui {

LossRow::LossRow(QCustomPlot& plot) : PlotRow(plot), raw_(addBand(values())), smooth_(addLine(values())) {}

void LossRow::update(const RunView& view) {
    const BucketedSeries& steps = view.history->steps();
    setLogScale(values(), view.logLoss);
    setBandColor(raw_, view.palette->series[0]);
    smooth_->setPen(QPen(view.palette->series[0], 2));

    const auto points = curve(steps, RunHistory::Loss, view.scale, view.from, view.to, view.columns);
    setBand(raw_, points);
    averages_ = smoothed(steps, RunHistory::Loss, view.smoothing);
    std::vector<CurvePoint> average = points;
    for (CurvePoint& point : average)
        point.mean = averages_[point.lastBucket];
    setMeans(*smooth_, average);

    Extent extent;
    constexpr double least = std::numeric_limits<double>::min();
    for (const CurvePoint& point : points) {
        if (!view.logLoss || point.min > least)
            extent.add(point.min);
        extent.add(point.max);
    }
    if (!extent.empty)
        fit(values(), extent.low, extent.high);
}

Readout LossRow::readout(const RunView& view, double x) const {
    const BucketedSeries& steps = view.history->steps();
    const QColor color = view.palette->series[0];
    const bool known = steps.buckets() > 0 && averages_.size() == steps.buckets();
    const QString average =
        known ? shortNumber(averages_[bucketAt(steps, view.scale, x)]) : QStringLiteral("–");
    return {title(),
            view.logLoss ? tr("log scale") : QString(),
            {{tr("smoothed (%1)").arg(QString::number(view.smoothing, 'f', 2)), average, color,
              LegendSymbol::Line},
             {tr("raw"), meanAt(steps, RunHistory::Loss, view, x), color, LegendSymbol::Faint}}};
}

} // namespace headroom::ui
