// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/memory_timeline.h"

#include "core/view/broken_scale.h"
#include "ui/memory/card_use.h"
#include "ui/memory/part_areas.h"
#include "ui/memory/span_strip.h"
#include "ui/memory/step_sections.h"
#include "ui/plots/line_label.h"
#include "ui/plots/plot_picture.h"
#include "ui/plots/quick_drawing.h"
#include "ui/text/memory_text.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QKeyEvent>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

constexpr QLatin1String stripLayer("overlay"); // a layer of QCustomPlot with its own paint buffer

} // namespace

MemoryTimeline::MemoryTimeline(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), plot_(new QCustomPlot) {
    build();
    setView(TimelineView::Step);
    applyTheme();
    connect(&theme, &Theme::changed, this, &MemoryTimeline::applyTheme);
}

MemoryTimeline::~MemoryTimeline() = default;

void MemoryTimeline::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(plot_);
    setFocusPolicy(Qt::StrongFocus);
    plot_->setFocusPolicy(Qt::NoFocus);
    plot_->installEventFilter(this);
    plot_->setMouseTracking(true);
    plot_->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    useQuickDrawing(*plot_);
    QCPAxisRect& rect = *plot_->axisRect();
    rect.setRangeDrag(Qt::Horizontal);
    rect.setRangeZoom(Qt::Horizontal);
    rect.setMinimumMargins(QMargins(0, SpanStrip::height(), em(0.8), 0));
    parts_ = std::make_unique<PartAreas>(*plot_);
    reserved_ = plot_->addGraph();
    compared_ = plot_->addGraph();
    profileAllocated_ = plot_->addGraph();
    profileReserved_ = plot_->addGraph();
    for (QCPGraph* line : {reserved_, compared_, profileAllocated_, profileReserved_})
        line->setLineStyle(QCPGraph::lsStepLeft);
    peak_ = plot_->addGraph();
    peak_->setLineStyle(QCPGraph::lsNone);
    cardLine_ = new QCPItemStraightLine(plot_);
    cardLabel_ = std::make_unique<LineLabel>(*plot_, rect, *plot_->yAxis);
    reservedLabel_ = std::make_unique<LineLabel>(*plot_, rect, *plot_->yAxis);
    strip_ = new SpanStrip(plot_, stripLayer, rect);
    plot_->yAxis->setLabel(tr("GiB"));
    connect(plot_, &QCustomPlot::mouseMove, this,
            [this](QMouseEvent* event) { moveCrossHair(plot_->xAxis->pixelToCoord(event->position().x())); });
    connect(plot_, &QCustomPlot::mouseRelease, this, [this](QMouseEvent* event) {
        constexpr int still = 3; // pixels; more is a drag
        if (event->button() == Qt::LeftButton && (event->pos() - pressed_).manhattanLength() <= still)
            chooseCrossHair();
    });
    connect(plot_, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) { pressed_ = event->pos(); });
    connect(plot_, &QCustomPlot::beforeReplot, this, &MemoryTimeline::fillParts);
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, &MemoryTimeline::fit);
    connect(plot_->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this](const QCPRange& range) {
                if (forecast_ != nullptr &&
                    (range.lower < 0 || range.upper > static_cast<double>(forecast_->events)))
                    showRange(range.lower, range.upper);
            });
}

void MemoryTimeline::applyTheme() {
    const Palette& palette = theme_.palette();
    plot_->setBackground(palette.plot);
    for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
        axis->setBasePen(QPen(palette.strongLine));
        axis->setTickPen(QPen(palette.strongLine));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(palette.faintText);
        axis->setLabelColor(palette.faintText);
        axis->setTickLabelFont(textFont(TextSize::Small));
        axis->setLabelFont(textFont(TextSize::Small));
        axis->grid()->setPen(QPen(palette.grid));
        axis->grid()->setZeroLinePen(QPen(palette.grid));
    }
    parts_->setPalette(palette);
    reserved_->setPen(QPen(palette.secondText, 1.4, Qt::DashDotLine));
    compared_->setPen(QPen(palette.accent, 1.4, Qt::DashLine));
    profileAllocated_->setPen(QPen(palette.measured, 1.4));
    profileReserved_->setPen(QPen(palette.measured, 1.4, Qt::DotLine));
    peak_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDiamond, palette.text, palette.text, em(0.8)));
    cardLine_->setPen(QPen(palette.doesNotFit, 1.8));
    strip_->setPalette(palette);
    labelLines();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MemoryTimeline::setView(TimelineView view) {
    view_ = view;
    const bool ofRun = view == TimelineView::Run;
    setAccessibleName(ofRun                           ? tr("Memory of the run")
                      : view == TimelineView::Program ? tr("Memory of the program")
                                                      : tr("Memory of one training step"));
    plot_->xAxis->setLabel(ofRun ? tr("Phases of the run, all drawn equally wide") : tr("Allocation no."));
    plot_->xAxis->setTickLabels(!ofRun);
    plot_->xAxis->setTicks(!ofRun);
}

void MemoryTimeline::setForecast(std::shared_ptr<const Forecast> forecast, std::int64_t others,
                                 std::int64_t capacity) {
    if (forecast == forecast_ && others == others_ && capacity == capacity_)
        return;
    const bool wasEmpty = forecast_ == nullptr;
    const bool otherLength = wasEmpty || (forecast != nullptr && forecast->events != forecast_->events);
    forecast_ = std::move(forecast);
    others_ = others;
    capacity_ = capacity;
    strip_->setForecast(forecast_);
    strip_->setLifetime(std::nullopt);
    fillLines();
    fillProfile();
    if (otherLength)
        fit();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MemoryTimeline::setCompared(std::shared_ptr<const Forecast> forecast, const QString& name) {
    comparedForecast_ = std::move(forecast);
    comparedName_ = name;
    fillLines();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MemoryTimeline::setProfile(std::shared_ptr<const StepProfile> profile) {
    if (profile == profile_)
        return;
    profile_ = std::move(profile);
    fillProfile();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MemoryTimeline::setLifetime(std::optional<std::pair<std::int64_t, std::int64_t>> lifetime) {
    strip_->setLifetime(lifetime);
    plot_->layer(stripLayer)->replot();
}

/// Before each replot, because the points per pixel column depend on the visible range.
void MemoryTimeline::fillParts() {
    const QCPRange view = plot_->xAxis->range();
    const int columns = static_cast<int>(plot_->axisRect()->width() * devicePixelRatioF());
    parts_->fill(forecast_.get(), others_, view.lower, view.upper, columns);
}

void MemoryTimeline::fillLines() {
    QVector<QCPGraphData> reserved;
    QVector<QCPGraphData> peak;
    if (forecast_ != nullptr) {
        for (const TimelinePoint& point : forecast_->timeline)
            reserved.append(QCPGraphData(static_cast<double>(point.event), outside() + gib(point.reserved)));
        peak.append(QCPGraphData(static_cast<double>(forecast_->peakEvent),
                                 outside() + gib(timelinePeak(*forecast_))));
    }
    reserved_->data()->set(reserved, true);
    peak_->data()->set(peak, true);
    cardLine_->point1->setCoords(0, gib(capacity_));
    cardLine_->point2->setCoords(1, gib(capacity_));
    fillCompared();
    scale();
}

void MemoryTimeline::fillCompared() {
    QVector<QCPGraphData> compared;
    if (forecast_ != nullptr && comparedForecast_ != nullptr) {
        const std::vector<double> places = positionsOn(*forecast_, *comparedForecast_);
        const std::int64_t below = comparedForecast_->deviceTotal - comparedForecast_->peakReserved;
        for (std::size_t i = 0; i < places.size(); ++i)
            compared.append(QCPGraphData(places[i], gib(below + comparedForecast_->timeline[i].allocated())));
    }
    compared_->data()->set(compared, true);
}

bool MemoryTimeline::limitShown() const {
    if (limitChosen_ || forecast_ == nullptr)
        return limitChosen_.value_or(true);
    return static_cast<double>(forecast_->deviceTotal) >= BrokenScale::least * static_cast<double>(capacity_);
}

void MemoryTimeline::setLimitShown(bool shown) {
    limitChosen_ = shown;
    scale();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MemoryTimeline::scale() {
    double top = limitShown() ? gib(capacity_) : 0;
    if (forecast_ != nullptr)
        top = std::max(top, gib(forecast_->deviceTotal));
    if (forecast_ != nullptr && comparedForecast_ != nullptr)
        top = std::max(top, gib(comparedForecast_->deviceTotal));
    constexpr double room = 1.2; // for the label above the highest line, in the lowest chart
    plot_->yAxis->setRange(0, top > 0 ? top * room : 1);
    labelLines();
}

/// Labels the higher line above and the lower one below, so that the labels never overlap.
void MemoryTimeline::labelLines() {
    using Side = LineLabel::Side;
    const Palette& palette = theme_.palette();
    if (forecast_ == nullptr) {
        cardLabel_->hide();
        return reservedLabel_->hide();
    }
    const std::int64_t inUse = forecast_->deviceTotal;
    const bool fits = inUse <= capacity_;
    const double top = plot_->yAxis->range().upper;
    if (gib(capacity_) > top) // above the visible range
        cardLabel_->show(tr("↑ Card limit: %1").arg(bytesText(capacity_)), top, Side::Below, palette);
    else
        cardLabel_->show(tr("Card limit: %1").arg(bytesText(capacity_)), gib(capacity_),
                         fits ? Side::Above : Side::Below, palette);
    reservedLabel_->show(tr("Total on device: %1").arg(bytesText(inUse)), gib(inUse),
                         fits ? Side::Below : Side::Above, palette);
}

/// GiB on the device outside of the allocator: the base of the graphs.
double MemoryTimeline::outside() const {
    return gib(forecast_->deviceTotal - forecast_->peakReserved);
}

void MemoryTimeline::fillProfile() {
    QVector<QCPGraphData> allocated;
    QVector<QCPGraphData> reserved;
    if (forecast_ != nullptr && profile_ != nullptr) {
        const std::vector<double> places = positionsOn(*forecast_, *profile_);
        for (std::size_t i = 0; i < places.size(); ++i) {
            const ProfilePoint& point = profile_->points[i];
            allocated.append(QCPGraphData(places[i], outside() + gib(point.allocated)));
            reserved.append(QCPGraphData(places[i], outside() + gib(point.reserved)));
        }
    }
    // The CPU allocator reserves nothing.
    profileReserved_->setVisible(profile_ != nullptr && profile_->device != "cpu");
    profileAllocated_->data()->set(allocated, true);
    profileReserved_->data()->set(reserved, true);
}

void MemoryTimeline::fit() {
    plot_->xAxis->setRange(
        0, forecast_ == nullptr ? 1 : static_cast<double>(std::max<std::int64_t>(1, forecast_->events)));
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

/// Clamps the range to the step.
void MemoryTimeline::showRange(double from, double to) {
    const double events = forecast_ == nullptr ? 1 : static_cast<double>(forecast_->events);
    const double width = std::clamp(to - from, std::min(10.0, events), events);
    const double begin = std::clamp(from, 0.0, events - width);
    plot_->xAxis->setRange(begin, begin + width);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MemoryTimeline::moveCrossHair(double event) {
    if (forecast_ == nullptr || event < 0 || event >= static_cast<double>(forecast_->events))
        event = -1;
    crossHair_ = event;
    strip_->setCrossHair(event < 0 ? std::nullopt : std::optional(event));
    plot_->layer(stripLayer)->replot();
    Q_EMIT crossHairMoved(static_cast<qint64>(event));
}

void MemoryTimeline::chooseCrossHair() {
    if (crossHair_ >= 0)
        Q_EMIT eventChosen(static_cast<qint64>(crossHair_));
}

void MemoryTimeline::keyPressEvent(QKeyEvent* event) {
    const QCPRange range = plot_->xAxis->range();
    const double step = std::max(1.0, range.size() / 200);
    const double first = std::max(0.0, std::ceil(range.lower)); // in view
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCrossHair(crossHair_ < 0 ? first : std::max(0.0, crossHair_ - step));
    case Qt::Key_Right:
        return moveCrossHair(crossHair_ < 0 ? first : crossHair_ + step);
    case Qt::Key_Plus:
    case Qt::Key_Minus: {
        const double width = range.size() * (event->key() == Qt::Key_Plus ? 0.7 : 1 / 0.7);
        const double center = crossHair_ < 0 ? range.center() : crossHair_;
        return showRange(center - width / 2, center + width / 2);
    }
    case Qt::Key_P:
        if (forecast_ != nullptr)
            moveCrossHair(static_cast<double>(forecast_->peakEvent));
        return;
    case Qt::Key_0:
        return fit();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return chooseCrossHair();
    default:
        QWidget::keyPressEvent(event);
    }
}

bool MemoryTimeline::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave)
        moveCrossHair(-1);
    if (event->type() == QEvent::MouseButtonPress)
        setFocus(Qt::MouseFocusReason);
    return QWidget::eventFilter(watched, event);
}

PlotCaption MemoryTimeline::caption(const QString& configuration) const {
    const QString title =
        view_ == TimelineView::Run ? tr("Memory of the run: %1") : tr("Memory of one training step: %1");
    PlotCaption caption{title.arg(configuration), {}, {}, nullptr};
    if (forecast_ == nullptr)
        return caption;
    const Palette& palette = theme_.palette();
    caption.subtitle = tr("Forecast: %1 of %2 on the device; %3 allocated at the peak (◆)")
                           .arg(bytesText(forecast_->deviceTotal), bytesText(capacity_),
                                bytesText(timelinePeak(*forecast_)));
    const CardUse use = cardUse(*forecast_, others_);
    for (std::size_t i = 0; i < cardParts; ++i) {
        const auto part = static_cast<CardPart>(i);
        if (use[i] > 0 && part != CardPart::Slack)
            caption.legend.push_back({cardPartTitle(part) + QLatin1Char(' ') + bytesText(use[i]),
                                      isHatched(part) ? palette.faintText : cardPartColor(palette, part),
                                      isHatched(part) ? LegendSymbol::Hatch : LegendSymbol::Area});
    }
    caption.legend.push_back({tr("Total on device"), palette.secondText, LegendSymbol::DashDotted});
    caption.legend.push_back(
        {tr("Card limit: %1").arg(bytesText(capacity_)), palette.doesNotFit, LegendSymbol::Line});
    if (comparedForecast_ != nullptr)
        caption.legend.push_back(
            {tr("Compared: %1").arg(comparedName_), palette.accent, LegendSymbol::Dashed});
    if (profile_ != nullptr)
        caption.legend.push_back({tr("Measured"), palette.measured, LegendSymbol::Line});
    return caption;
}

void MemoryTimeline::savePng(const QString& path, const QString& configuration) {
    fillParts();
    savePlotPng(*plot_, path, caption(configuration), theme_.palette());
}

void MemoryTimeline::saveSvg(const QString& path, const QString& configuration) {
    fillParts();
    savePlotSvg(*plot_, path, caption(configuration), theme_.palette());
}

} // namespace headroom::ui
