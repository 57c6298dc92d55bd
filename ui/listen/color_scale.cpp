// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/color_scale.h"

#include "ui/theme/spectrogram_colors.h"
#include "ui/theme/typography.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

QString levelLabel(double decibels) {
    return ColorScale::tr("%1 dB").arg(QString::number(std::lround(decibels)).replace('-', QChar(0x2212)));
}

} // namespace

ColorScale::ColorScale(QWidget* parent) : QWidget(parent) {
    setFixedHeight(em(2.1));
    setMinimumWidth(em(10));
    setFloor(floor_);
}

void ColorScale::setFloor(double floor) {
    floor_ = floor;
    setAccessibleName(
        tr("Colors of the spectrogram, dark to light: %1 to %2").arg(levelLabel(floor), levelLabel(0)));
    setToolTip(tr("Colors of the spectrogram; 0 dB is a full-scale sine"));
    update();
}

void ColorScale::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int bar = em(0.7);
    for (int x = 0; x < width(); ++x)
        painter.fillRect(x, 0, 1, bar, spectrogramColor(static_cast<double>(x) / std::max(1, width() - 1)));
    painter.setFont(textFont(TextSize::Dense));
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect labels(0, bar, width(), height() - bar);
    painter.drawText(labels, Qt::AlignLeft | Qt::AlignVCenter, levelLabel(floor_));
    painter.drawText(labels, Qt::AlignHCenter | Qt::AlignVCenter, levelLabel(floor_ / 2));
    painter.drawText(labels, Qt::AlignRight | Qt::AlignVCenter, levelLabel(0));
}

} // namespace headroom::ui
