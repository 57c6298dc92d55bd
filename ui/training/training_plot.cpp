// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/training_plot.h"

#include "ui/plots/cross_hair.h"
#include "ui/plots/duration_ticker.h"
#include "ui/plots/plot_picture.h"
#include "ui/plots/quick_drawing.h"
#include "ui/text/mark_text.h"
#include "ui/theme/theme.h"
#include "ui/training/gradient_row.h"
#include "ui/training/loss_row.h"
#include "ui/training/mark_strip.h"
#include "ui/training/memory_row.h"
#include "ui/training/run_readout.h"
#include "ui/training/score_row.h"
#include "ui/training/time_row.h"

#include <QHBoxLayout>
#include <qcustomplot.h>

#include <algorithm>

namespace headroom::ui {
namespace {

constexpr QLatin1String crossHairLayer("overlay"); // a layer of QCustomPlot with its own paint buffer

const RunHistory& emptyHistory() {
    static const RunHistory history;
    return history;
}

QString axisName(RunAxis axis) {
    switch (axis) {
    case RunAxis::Epoch:
        return TrainingPlot::tr("epoch");
    case RunAxis::Step:
        return TrainingPlot::tr("step");
    case RunAxis::Clock:
        return TrainingPlot::tr("elapsed time");
    }
    return {};
}

} // namespace

TrainingPlot::TrainingPlot(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), plot_(new QCustomPlot), readout_(new RunReadout) {
    view_.history = &emptyHistory();
    setFocusPolicy(Qt::StrongFocus);
    plot_->setFocusPolicy(Qt::NoFocus); // this widget handles the keys
    setAccessibleName(tr("Charts of the run"));
    setAccessibleDescription(tr(
        "Arrow keys select a validation, plus and minus zoom, Home shows the whole run, N goes to the next "
        "mark, T opens the values as a table"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(plot_, 1);
    row->addWidget(readout_);
    build();
    connectPlot();
    applyTheme();
}

TrainingPlot::~TrainingPlot() = default;

void TrainingPlot::build() {
    plot_->plotLayout()->setRowSpacing(0);
    plot_->setAutoAddPlottableToLegend(false);
    plot_->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot_->setNoAntialiasingOnDrag(true);
    useQuickDrawing(*plot_);
    rows_.push_back(std::make_unique<LossRow>(*plot_));
    rows_.push_back(std::make_unique<ScoreRow>(*plot_));
    rows_.push_back(std::make_unique<GradientRow>(*plot_));
    rows_.push_back(std::make_unique<MemoryRow>(*plot_));
    rows_.push_back(std::make_unique<TimeRow>(*plot_));
    plot_->plotLayout()->clear(); // removes the default chart, only after the rows have attached their labels
    shown_.assign(rows_.size(), true);

    auto* group = new QCPMarginGroup(plot_);
    QList<QCPAxis*> times;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        QCPAxisRect& rect = rows_[i]->rect();
        plot_->plotLayout()->addElement(static_cast<int>(i), 0, &rect);
        rect.setMarginGroup(QCP::msLeft | QCP::msRight, group);
        times << rect.axis(QCPAxis::atBottom);
    }
    for (const auto& row : rows_) {
        row->rect().setRangeDragAxes(times, {});
        row->rect().setRangeZoomAxes(times, {});
    }
    marks_ = new MarkStrip(plot_, QStringLiteral("legend"), rows_.front()->rect(), rows_.back()->rect());
    crossHair_ = new CrossHair(plot_, crossHairLayer, rows_.front()->rect(), rows_.back()->rect());
    layOutCharts();
}

void TrainingPlot::connectPlot() {
    plot_->setMouseTracking(true);
    plot_->installEventFilter(this);
    connect(plot_, &QCustomPlot::beforeReplot, this, &TrainingPlot::updateCurves);
    connect(plot_, &QCustomPlot::afterReplot, this, &TrainingPlot::updateReadout);
    connect(rows_.front()->rect().axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::rangeChanged),
            this, &TrainingPlot::onRange);
    connect(&theme_, &Theme::changed, this, &TrainingPlot::applyTheme);
    constexpr int replotMs = 100;
    pace_.setSingleShot(true);
    pace_.setInterval(replotMs);
    connect(&pace_, &QTimer::timeout, this, [this] {
        follow();
        redraw();
    });
}

void TrainingPlot::applyTheme() {
    const Palette& palette = theme_.palette();
    view_.palette = &palette;
    plot_->setBackground(palette.plot);
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.92);
    for (const auto& row : rows_) {
        row->applyPalette(palette);
        for (QCPAxis* axis : row->rect().axes()) {
            axis->setTickLabelFont(small);
            axis->setLabelFont(small);
        }
    }
    crossHair_->setColors(palette.text, palette.accent);
    readout_->setPalette(palette);
    redraw();
}

void TrainingPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyTheme();
}

/// Visible charts share the height by weight. The lowest one labels the time axis.
void TrainingPlot::layOutCharts() {
    int lowest = 0;
    int highest = -1;
    for (int i = 0; i < charts(); ++i) {
        if (!isChartShown(i))
            continue;
        lowest = i;
        highest = highest < 0 ? i : highest;
    }
    for (int i = 0; i < charts(); ++i) {
        PlotRow& row = *rows_[static_cast<std::size_t>(i)];
        const bool shown = isChartShown(i);
        row.rect().setVisible(shown);
        row.rect().setMaximumSize(QWIDGETSIZE_MAX, shown ? QWIDGETSIZE_MAX : 0);
        row.rect().setMinimumSize(0, shown ? fontMetrics().height() * 2 : 0);
        row.rect().setAutoMargins(shown ? QCP::msAll : QCP::msLeft | QCP::msRight);
        row.rect().setMinimumMargins({0, i == highest ? MarkStrip::height(plot_->font()) : 4, 0, 4});
        plot_->plotLayout()->setRowStretchFactor(i, shown ? row.weight() : 0.001);
        QCPAxis* time = row.rect().axis(QCPAxis::atBottom);
        time->setTickLabels(i == lowest);
        time->setLabel(i == lowest ? axisName(view_.scale.axis) : QString());
    }
}

int TrainingPlot::charts() const {
    return static_cast<int>(rows_.size());
}

QString TrainingPlot::chartTitle(int chart) const {
    return rows_[static_cast<std::size_t>(chart)]->title();
}

bool TrainingPlot::isChartShown(int chart) const {
    return shown_[static_cast<std::size_t>(chart)];
}

void TrainingPlot::showChart(int chart, bool shown) {
    shown_[static_cast<std::size_t>(chart)] = shown;
    layOutCharts();
    redraw();
}

void TrainingPlot::setHistory(const RunHistory& history) {
    view_.history = &history;
    view_.scale.stepsPerEpoch = static_cast<double>(history.stepsPerEpoch());
    selectedEpoch_.reset();
    pointed_.reset();
    Q_EMIT selectionChanged();
    fit();
}

void TrainingPlot::historyExtended() {
    if (isVisible() && !pace_.isActive())
        pace_.start();
}

/// Draws what arrived while the plot was hidden.
void TrainingPlot::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    follow();
    redraw();
}

void TrainingPlot::setAxis(RunAxis axis) {
    view_.scale.axis = axis;
    for (const auto& row : rows_) {
        QCPAxis* time = row->rect().axis(QCPAxis::atBottom);
        if (axis == RunAxis::Clock)
            time->setTicker(QSharedPointer<DurationTicker>::create());
        else
            time->setTicker(QSharedPointer<QCPAxisTicker>::create());
    }
    pointed_.reset();
    layOutCharts();
    fit();
}

void TrainingPlot::setSmoothing(double weight) {
    view_.smoothing = weight;
    redraw();
}

void TrainingPlot::setLogLoss(bool logarithmic) {
    view_.logLoss = logarithmic;
    redraw();
}

void TrainingPlot::setFollow(bool on) {
    follow_ = on;
    follow();
    redraw();
}

void TrainingPlot::setForecast(std::optional<std::int64_t> deviceBytes) {
    if (deviceBytes == view_.forecast)
        return;
    view_.forecast = deviceBytes;
    redraw();
}

void TrainingPlot::redraw() {
    dirty_ = true;
    if (isVisible())
        plot_->replot(QCustomPlot::rpQueuedReplot);
}

void TrainingPlot::updateCurves() {
    if (!std::exchange(dirty_, false))
        return;
    view_.columns = std::max(1, rows_.front()->rect().width());
    for (const auto& row : rows_) {
        if (row->rect().visible())
            row->update(view_);
    }
    marks_->setView(view_);
}

void TrainingPlot::onRange(const QCPRange& range) {
    view_.from = range.lower;
    view_.to = range.upper;
    dirty_ = true;
    if (!ownRange_)
        whole_ = false;
}

void TrainingPlot::showRange(double from, double to) {
    ownRange_ = true;
    for (const auto& row : rows_)
        row->rect().axis(QCPAxis::atBottom)->setRange(from, to);
    ownRange_ = false;
    redraw();
}

double TrainingPlot::end() const {
    return view_.scale.x({static_cast<double>(view_.history->step()), view_.history->seconds()});
}

void TrainingPlot::fit() {
    whole_ = true;
    const double least = view_.scale.x({1, 1});
    const double to = std::max(end(), least) * 1.02;
    showRange(-to * 0.005, to);
}

void TrainingPlot::follow() {
    if (!follow_)
        return;
    if (whole_)
        return fit();
    const double width = view_.to - view_.from;
    const double behind = end() - (view_.to - width * 0.02);
    if (behind > 0)
        showRange(view_.from + behind, view_.to + behind);
}

void TrainingPlot::point(std::optional<double> x) {
    pointed_ = x;
    crossHair_->setPosition(x);
    replotCrossHair();
    updateReadout();
}

void TrainingPlot::replotCrossHair() {
    plot_->layer(crossHairLayer)->replot();
}

void TrainingPlot::updateReadout() {
    const RunHistory::Validation* chosen = selected();
    const double x = pointed_ ? *pointed_ : chosen ? view_.scale.x(chosen->position) : end();
    std::vector<Readout> charts;
    std::vector<int> tops;
    for (const auto& row : rows_) {
        if (!row->rect().visible())
            continue;
        charts.push_back(row->readout(view_, x));
        tops.push_back(row->rect().top());
    }
    readout_->show(placeText(x), std::move(charts), std::move(tops));
}

QString TrainingPlot::placeText(double x) const {
    const BucketedSeries& steps = view_.history->steps();
    if (steps.buckets() == 0)
        return {};
    const BucketedSeries::Position& at = steps.end(bucketAt(steps, view_.scale, x));
    return tr("epoch %1, step %2, %3")
        .arg(QString::number(view_.history->epochAt(at.step), 'f', 2))
        .arg(static_cast<qlonglong>(at.step))
        .arg(durationText(at.seconds));
}

void TrainingPlot::savePng(const QString& path, const QString& title, const QString& subtitle) {
    savePlotPng(*plot_, path, {title, subtitle, {}, readout_}, theme_.palette());
}

void TrainingPlot::saveSvg(const QString& path, const QString& title, const QString& subtitle) {
    savePlotSvg(*plot_, path, {title, subtitle, {}, readout_}, theme_.palette());
}

} // namespace headroom::ui
