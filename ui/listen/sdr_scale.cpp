// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/sdr_scale.h"

#include "ui/listen/sdr_strip.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QPainter>

namespace headroom::ui {

SdrScale::SdrScale(const SdrStrip& strip, const Theme& theme, QWidget* parent)
    : QWidget(parent), strip_(strip), theme_(theme) {
    setFixedWidth(em(3.2));
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SdrScale::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(textFont(TextSize::Dense));
    painter.setPen(theme_.palette().faintText);
    const double line = painter.fontMetrics().height();
    for (const int decibels : SdrStrip::gridLines) {
        const QRectF place(0, strip_.yOf(decibels) - line / 2, width() - em(0.3), line);
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, tr("%1 dB").arg(decibels));
    }
}

} // namespace headroom::ui
