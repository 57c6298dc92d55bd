// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/gradient_row.h"

#include "ui/plots/area_graph.h"
#include "ui/theme/palette.h"

#include <qcustomplot.h>

namespace headroom::ui {
namespace {

/// The extent of the values above 0; a logarithmic axis cannot show others.
Extent positive(const std::vector<CurvePoint>& points) {
    Extent extent;
    for (const CurvePoint& point : points) {
        for (const double value : {point.min, point.max}) {
            if (value > 0)
                extent.add(value);
        }
    }
    return extent;
}

} // namespace

GradientRow::GradientRow(QCustomPlot& plot)
    : PlotRow(plot), norm_(addBand(values())), rate_(addLine(rightValues())) {
    setLogScale(values(), true);
    setLogScale(rightValues(), true);
    rightValues().grid()->setVisible(false);
    rightValues().setVisible(true);
    rightValues().setTickLabels(true);
    // Within a decade, ticks crowd at the top of a logarithmic axis, and the chart has little height.
    for (QCPAxis* axis : {&values(), &rightValues()})
        axis->ticker()->setTickCount(1);
}

void GradientRow::update(const RunView& view) {
    const BucketedSeries& steps = view.history->steps();
    setBandColor(norm_, view.palette->series[2]);
    rate_->setPen(QPen(view.palette->series[1], 1.5));
    rightValues().setTickLabelColor(view.palette->series[1]);

    const auto norm = curve(steps, RunHistory::GradNorm, view.scale, view.from, view.to, view.columns);
    const auto rate = curve(steps, RunHistory::LearningRate, view.scale, view.from, view.to, view.columns);
    setBand(norm_, norm);
    setMeans(*rate_, rate);
    if (const Extent extent = positive(norm); !extent.empty)
        fit(values(), extent.low, extent.high);
    if (const Extent extent = positive(rate); !extent.empty)
        fit(rightValues(), extent.low / 1.5, extent.high * 1.5);
}

Readout GradientRow::readout(const RunView& view, double x) const {
    const BucketedSeries& steps = view.history->steps();
    return {title(),
            tr("log scale"),
            {{tr("norm before clipping"), meanAt(steps, RunHistory::GradNorm, view, x),
              view.palette->series[2], LegendSymbol::Line},
             {tr("learning rate"), meanAt(steps, RunHistory::LearningRate, view, x), view.palette->series[1],
              LegendSymbol::Line}}};
}

} // namespace headroom::ui
