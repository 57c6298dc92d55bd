// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/elided_label.h"

#include "ui/accessibility/accessible_label.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/typography.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace headroom::ui {

ElidedLabel::ElidedLabel(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::setText(const QString& text) {
    if (text == text_)
        return;
    text_ = text;
    notifyTextChanged(*this);
    update();
}

QSize ElidedLabel::sizeHint() const {
    return minimumSizeHint();
}

QSize ElidedLabel::minimumSizeHint() const {
    return {em(4), fontMetrics().height()};
}

bool ElidedLabel::event(QEvent* event) {
    const bool elided = fontMetrics().horizontalAdvance(text_) > width();
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && elided) {
        QToolTip::showText(static_cast<const QHelpEvent*>(event)->globalPos(), plainToolTip(text_), this);
        return true;
    }
    return QWidget::event(event);
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text_, Qt::ElideRight, width()));
}

} // namespace headroom::ui
