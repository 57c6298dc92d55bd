// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/overlay_plot.h"

#include "ui/plots/duration_ticker.h"
#include "ui/theme/theme.h"

#include <QVBoxLayout>
#include <qcustomplot.h>

#include <array>
#include <utility>

namespace headroom::ui {
namespace {

/// Pen of a run by its index. Colors and dash styles repeat; drawRun() then adds points.
QPen penOf(const Palette& palette, std::size_t index) {
    constexpr std::array<Qt::PenStyle, 4> dashes = {Qt::SolidLine, Qt::DashLine, Qt::DotLine,
                                                    Qt::DashDotLine};
    return {palette.series[index % palette.series.size()], 2, dashes[index % dashes.size()]};
}

} // namespace

OverlayPlot::OverlayPlot(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), plot_(new QCustomPlot) {
    setAccessibleName(tr("Curves of selected runs"));
    plot_->setFocusPolicy(Qt::NoFocus); // it has no keyboard control
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(plot_);
    build();
    connect(plot_, &QCustomPlot::beforeReplot, this, &OverlayPlot::updateCurves);
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, &OverlayPlot::fit);
    connect(scores_->axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this] { dirty_ = true; });
    connect(&theme_, &Theme::changed, this, &OverlayPlot::redraw);
}

void OverlayPlot::build() {
    plot_->plotLayout()->clear();
    plot_->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot_->setAutoAddPlottableToLegend(false);
    auto* group = new QCPMarginGroup(plot_);
    QList<QCPAxis*> times;
    for (QCPAxisRect** rect : {&scores_, &losses_}) {
        *rect = new QCPAxisRect(plot_);
        plot_->plotLayout()->addElement(plot_->plotLayout()->rowCount(), 0, *rect);
        (*rect)->setLayer(QStringLiteral("background"));
        (*rect)->setMarginGroup(QCP::msLeft | QCP::msRight, group);
        (*rect)->setRangeDrag(Qt::Horizontal);
        (*rect)->setRangeZoom(Qt::Horizontal);
        times << (*rect)->axis(QCPAxis::atBottom);
    }
    for (QCPAxisRect* rect : {scores_, losses_}) {
        rect->setRangeDragAxes(times, {});
        rect->setRangeZoomAxes(times, {});
        rect->axis(QCPAxis::atBottom)->grid()->setVisible(true);
        rect->axis(QCPAxis::atLeft)->grid()->setVisible(true);
    }
    legend_ = new QCPLegend;
    scores_->insetLayout()->addElement(legend_, Qt::AlignBottom | Qt::AlignRight);
    legend_->setLayer(QStringLiteral("legend"));
    scores_->axis(QCPAxis::atBottom)->setTickLabels(false);
    scores_->axis(QCPAxis::atLeft)->setLabel(tr("cSDR, dB ↑"));
    losses_->axis(QCPAxis::atLeft)->setLabel(tr("Loss, smoothed"));
    losses_->axis(QCPAxis::atLeft)->setScaleType(QCPAxis::stLogarithmic);
    losses_->axis(QCPAxis::atLeft)->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
}

void OverlayPlot::setRuns(std::vector<Run> runs) {
    runs_ = std::move(runs);
    fit();
}

void OverlayPlot::setAxis(RunAxis axis) {
    axis_ = axis;
    QCPAxis* time = losses_->axis(QCPAxis::atBottom);
    if (axis == RunAxis::Clock)
        time->setTicker(QSharedPointer<DurationTicker>::create());
    else
        time->setTicker(QSharedPointer<QCPAxisTicker>::create());
    fit();
}

RunScale OverlayPlot::scaleOf(const RunHistory& history) const {
    return {axis_, static_cast<double>(history.stepsPerEpoch())};
}

void OverlayPlot::fit() {
    double end = 0;
    for (const Run& run : runs_) {
        const RunHistory& history = *run.history;
        end = std::max(end, scaleOf(history).x({static_cast<double>(history.step()), history.seconds()}));
    }
    fullEnd_ = end > 0 ? end * 1.02 : 1;
    for (QCPAxisRect* rect : {scores_, losses_})
        rect->axis(QCPAxis::atBottom)->setRange(0, fullEnd_);
    redraw();
}

void OverlayPlot::grow() {
    if (scores_->axis(QCPAxis::atBottom)->range() == QCPRange(0, fullEnd_))
        fit();
    else
        redraw();
}

void OverlayPlot::redraw() {
    dirty_ = true;
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void OverlayPlot::updateCurves() {
    if (!std::exchange(dirty_, false))
        return;
    const Palette& palette = theme_.palette();
    plot_->setBackground(palette.plot);
    for (QCPAxisRect* rect : {scores_, losses_}) {
        rect->setBackground(palette.plot);
        for (QCPAxis* axis : rect->axes()) {
            axis->setBasePen(QPen(palette.line));
            axis->setTickPen(QPen(palette.line));
            axis->setSubTickPen(QPen(palette.line));
            axis->setTickLabelColor(palette.faintText);
            axis->setLabelColor(palette.faintText);
            axis->grid()->setPen(QPen(palette.grid));
            axis->grid()->setZeroLinePen(QPen(palette.grid));
        }
    }
    legend_->clearItems();
    legend_->setVisible(!runs_.empty());
    legend_->setBrush(palette.raised);
    legend_->setBorderPen(QPen(palette.line));
    legend_->setTextColor(palette.text);
    legend_->setFont(font());
    plot_->clearPlottables();
    const QCPRange range = scores_->axis(QCPAxis::atBottom)->range();
    for (std::size_t i = 0; i < runs_.size(); ++i)
        drawRun(runs_[i], i, range.lower, range.upper);
    for (QCPAxisRect* rect : {scores_, losses_})
        rect->axis(QCPAxis::atLeft)->rescale();
}

void OverlayPlot::drawRun(const Run& run, std::size_t index, double from, double to) {
    constexpr double smoothing = 0.98;
    const RunHistory& history = *run.history;
    const RunScale scale = scaleOf(history);
    const QPen pen = penOf(theme_.palette(), index);

    QCPGraph* score = plot_->addGraph(scores_->axis(QCPAxis::atBottom), scores_->axis(QCPAxis::atLeft));
    score->setPen(pen);
    score->setName(run.name);
    score->addToLegend(legend_);
    if (index >= theme_.palette().series.size())
        score->setScatterStyle({QCPScatterStyle::ssDisc, 5});
    for (const RunHistory::Validation& validation : history.validations()) {
        double sum = 0;
        int count = 0;
        for (const auto& [stem, scores] : validation.done.stems) {
            sum += scores.cSdr.value_or(0);
            count += scores.cSdr ? 1 : 0;
        }
        if (count > 0)
            score->addData(scale.x(validation.position), sum / count);
    }
    QCPGraph* loss = plot_->addGraph(losses_->axis(QCPAxis::atBottom), losses_->axis(QCPAxis::atLeft));
    loss->setPen(pen);
    loss->setAdaptiveSampling(false);
    const auto averages = smoothed(history.steps(), RunHistory::Loss, smoothing);
    for (const CurvePoint& point :
         curve(history.steps(), RunHistory::Loss, scale, from, to, std::max(1, losses_->width())))
        loss->addData(point.x, averages[point.lastBucket]);
}

} // namespace headroom::ui
