// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/option_slider.h"

#include "core/view/option_stops.h"
#include "ui/text/memory_text.h"
#include "ui/text/time_text.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyleOptionSlider>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

constexpr double handleSize = 13.0 / 12; ///< in em
constexpr double grooveHeight = 6.0 / 12;

} // namespace

OptionSlider::OptionSlider(const Theme& theme, QWidget* parent)
    : QSlider(Qt::Horizontal, parent), theme_(theme) {
    setPageStep(5);
    setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void OptionSlider::setStops(std::vector<double> stops, QStringList texts) {
    stops_ = std::move(stops);
    texts_ = std::move(texts);
    zones_.clear();
    between_.reset();
    setRange(0, std::max(0, static_cast<int>(stops_.size()) - 1));
    describe();
}

void OptionSlider::showNumber(double number, const QString& text) {
    const int stop = nearestStop(stops_, number);
    setValue(stop);
    between_.reset();
    if (stop >= 0 && stops_[static_cast<std::size_t>(stop)] != number)
        between_ = {number, text};
    describe();
}

double OptionSlider::number() const {
    if (between_)
        return between_->number;
    const auto stop = static_cast<std::size_t>(value());
    return stop < stops_.size() ? stops_[stop] : 0;
}

QString OptionSlider::valueText() const {
    if (between_)
        return between_->text;
    return value() < texts_.size() ? texts_[value()] : QString();
}

/// Used instead of valueChanged(), which is blocked while read() sets a value.
void OptionSlider::sliderChange(SliderChange change) {
    QSlider::sliderChange(change);
    if (change == SliderValueChange)
        between_.reset();
    if (change == SliderValueChange || change == SliderRangeChange)
        describe();
}

void OptionSlider::setZones(StopForecasts zones, bool fresh) {
    zones_ = std::move(zones);
    fresh_ = fresh;
    describe();
    update();
}

QSize OptionSlider::sizeHint() const {
    return {em(16), em(1.45)};
}

QSize OptionSlider::minimumSizeHint() const {
    return {em(8), em(1.45)};
}

bool OptionSlider::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QSlider::event(event);
    const auto& help = static_cast<const QHelpEvent&>(*event);
    QString text = toolTip();
    if (!zones_.empty())
        text = stopText(stopAt(help.pos().x())) + QLatin1Char('\n') + text;
    QToolTip::showText(help.globalPos(), text, this);
    return true;
}

void OptionSlider::mousePressEvent(QMouseEvent* event) {
    Q_EMIT dragBegan();
    QSlider::mousePressEvent(event);
}

void OptionSlider::mouseReleaseEvent(QMouseEvent* event) {
    QSlider::mouseReleaseEvent(event);
    Q_EMIT dragEnded();
}

void OptionSlider::mouseDoubleClickEvent(QMouseEvent* event) {
    event->accept();
    Q_EMIT doubleClicked();
}

/// Without focus, the wheel scrolls the panel.
void OptionSlider::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QSlider::wheelEvent(event);
    else
        event->ignore();
}

QRectF OptionSlider::handleRect() const {
    const double size = em(handleSize);
    return {positionOf(value()) - size / 2, (height() - size) / 2, size, size};
}

/// x of the handle's center, which matches the style's own geometry.
double OptionSlider::positionOf(double stop) const {
    QStyleOptionSlider option;
    initStyleOption(&option);
    const auto length = style()->pixelMetric(QStyle::PM_SliderLength, &option, this);
    const double stops = std::max(1, maximum() - minimum());
    return length / 2.0 + (stop - minimum()) / stops * (width() - length);
}

int OptionSlider::stopAt(int x) const {
    QStyleOptionSlider option;
    initStyleOption(&option);
    const auto length = style()->pixelMetric(QStyle::PM_SliderLength, &option, this);
    return QStyle::sliderValueFromPosition(minimum(), maximum(), x - length / 2, width() - length);
}

void OptionSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTicks(painter);
    paintZones(painter);
    paintHandle(painter);
}

/// Tick marks below the groove, at no more stops than can be distinguished.
void OptionSlider::paintTicks(QPainter& painter) const {
    const int stops = maximum() - minimum();
    if (stops <= 0)
        return;
    constexpr int maxTicks = 12;
    const int interval = (stops + maxTicks - 1) / maxTicks;
    painter.setPen(QPen(theme_.palette().strongLine, 1));
    const double bottom = height() - 0.5;
    for (int stop = minimum(); stop <= maximum(); stop += interval) {
        const double x = std::round(positionOf(stop)) + 0.5;
        painter.drawLine(QPointF(x, bottom - em(0.15)), QPointF(x, bottom));
    }
}

/// Adjacent stops with the same verdict form one zone.
void OptionSlider::paintZones(QPainter& painter) const {
    const double height = em(grooveHeight);
    const double top = (this->height() - height) / 2;
    const double left = positionOf(minimum());
    const double right = positionOf(maximum());
    if (zones_.empty()) {
        paintZone(painter, {left, top + height / 4, right - left, height / 2}, std::nullopt);
        return;
    }
    const auto verdictAt = [this](std::size_t i) {
        return zones_[i] ? std::optional(zones_[i]->verdict) : std::nullopt;
    };
    for (std::size_t begin = 0; begin < zones_.size();) {
        std::size_t end = begin + 1;
        while (end < zones_.size() && verdictAt(end) == verdictAt(begin))
            ++end;
        const double from = begin == 0 ? left : positionOf(static_cast<double>(begin) - 0.5);
        const double to = end == zones_.size() ? right : positionOf(static_cast<double>(end) - 0.5);
        paintZone(painter, {from, top, to - from, height}, zones_[begin]);
        begin = end;
    }
}

void OptionSlider::paintZone(QPainter& painter, const QRectF& rect,
                             const std::optional<StopForecast>& zone) const {
    const Palette& palette = theme_.palette();
    if (!zone) {
        painter.fillRect(rect.adjusted(0, rect.height() / 4, 0, -rect.height() / 4), palette.strongLine);
        return;
    }
    painter.setOpacity(fresh_ ? 1 : 0.35);
    paintFit(painter, rect, zone->verdict);
    painter.setOpacity(1);
}

void OptionSlider::paintFit(QPainter& painter, const QRectF& rect, Verdict verdict) const {
    const Palette& palette = theme_.palette();
    const auto color = [&](const QColor& base) -> const QColor& { return fresh_ ? base : palette.faintText; };
    switch (verdict) {
    case Verdict::Fits:
        painter.fillRect(rect, color(palette.grooveFits));
        break;
    case Verdict::Tight:
        painter.fillRect(rect, palette.panel);
        painter.fillRect(rect, QBrush(color(palette.grooveTight), Qt::Dense4Pattern));
        painter.setPen(QPen(color(palette.grooveTight), 1));
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case Verdict::DoesNotFit: {
        const double width = std::max(1.5, rect.height() / 4);
        QPen pen(color(palette.grooveDoesNotFit), width, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({2, 1.5});
        painter.setPen(pen);
        painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y()));
        break;
    }
    }
}

void OptionSlider::paintHandle(QPainter& painter) const {
    const Palette& palette = theme_.palette();
    const QRectF handle = handleRect();
    painter.setPen(QPen(palette.panel, 1.5));
    painter.setBrush(isEnabled() ? palette.text : palette.faintText);
    painter.drawEllipse(handle);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.panel);
    const double dot = handle.width() / 6;
    painter.drawEllipse(handle.center(), dot, dot);
}

/// "6: 5.7 GiB, fits, about 14 to 25 min an epoch". Outdated forecasts are not reported, except that of the
/// current value.
QString OptionSlider::stopText(int stop) const {
    QString text = stop < texts_.size() ? texts_[stop] : QString::number(stop);
    const auto index = static_cast<std::size_t>(stop);
    if (index >= zones_.size() || !zones_[index])
        return text;
    if (!fresh_ && stop != value())
        return tr("%1: updating").arg(text);
    const StopForecast& zone = *zones_[index];
    const QString verdict = verdictText(zone.verdict, zone.epoch);
    return zone.bytes ? tr("%1: %2, %3").arg(text, bytesText(*zone.bytes), verdict)
                      : tr("%1: %2").arg(text, verdict);
}

void OptionSlider::describe() {
    setAccessibleDescription(between_ ? between_->text : stopText(value()));
}

} // namespace headroom::ui
