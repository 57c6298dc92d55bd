// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/time_view.h"

#include "ui/listen/time_axis.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

TimeView::TimeView(TimeAxis& axis, const Theme& theme, QWidget* parent)
    : QWidget(parent), axis_(axis), theme_(theme) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&axis_, &TimeAxis::viewChanged, this, &TimeView::invalidate);
    connect(&axis_, &TimeAxis::selectionChanged, this, qOverload<>(&QWidget::update));
    connect(&axis_, &TimeAxis::playHeadMoved, this, &TimeView::movePlayHead);
    connect(&theme_, &Theme::changed, this, &TimeView::invalidate);
}

void TimeView::invalidate() {
    stale_ = true;
    update();
}

void TimeView::movePlayHead(qint64 before, qint64 now) {
    for (const qint64 frame : {before, now}) {
        const auto x = static_cast<int>(std::floor(axis_.xOf(static_cast<double>(frame))));
        update(x - 6, 0, 13, height());
    }
}

void TimeView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    invalidate();
}

void TimeView::paintEvent(QPaintEvent*) {
    const QSize pixels = size() * devicePixelRatioF();
    if (content_.size() != pixels || stale_) {
        content_ = QPixmap(pixels);
        content_.setDevicePixelRatio(devicePixelRatioF());
        content_.fill(theme_.palette().plot);
        QPainter painter(&content_);
        paintContent(painter);
        stale_ = false;
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, content_);
    const Palette& colors = theme_.palette();
    if (const auto& range = axis_.selection()) {
        const double left = axis_.xOf(static_cast<double>(range->begin));
        const double right = axis_.xOf(static_cast<double>(range->end));
        QColor fill = colors.accent;
        fill.setAlpha(40);
        painter.fillRect(QRectF(left, 0, right - left, height()), fill);
        painter.setPen(colors.accent);
        painter.drawLine(QPointF(left, 0), QPointF(left, height()));
        painter.drawLine(QPointF(right, 0), QPointF(right, height()));
    }
    const double head = axis_.xOf(static_cast<double>(axis_.playHead()));
    painter.setPen(QPen(colors.measured, 1));
    painter.drawLine(QPointF(head, 0), QPointF(head, height()));
}

void TimeView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    pressedAt_ = event->position().x();
    selecting_ = false;
}

void TimeView::mouseMoveEvent(QMouseEvent* event) {
    if (!pressedAt_)
        return;
    const double x = event->position().x();
    selecting_ = selecting_ || std::abs(x - *pressedAt_) >= QApplication::startDragDistance();
    if (selecting_)
        axis_.select(TimeAxis::Range{axis_.frameAt(std::min(x, *pressedAt_)),
                                     axis_.frameAt(std::max(x, *pressedAt_))});
}

void TimeView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !pressedAt_)
        return;
    if (selecting_ && axis_.selection())
        Q_EMIT seekRequested(axis_.selection()->begin);
    else if (!selecting_)
        Q_EMIT seekRequested(axis_.frameAt(event->position().x()));
    pressedAt_.reset();
}

void TimeView::wheelEvent(QWheelEvent* event) {
    const QPoint turned = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        axis_.zoom(std::pow(2, turned.y() / 240.0), event->position().x());
    } else if (event->modifiers() & Qt::ShiftModifier) {
        axis_.scroll(-(turned.x() + turned.y()) * 0.5);
    } else if (turned.x() != 0) {
        axis_.scroll(-turned.x() * 0.5);
    } else {
        event->ignore(); // scrolls the lanes
        return;
    }
    event->accept();
}

} // namespace headroom::ui
