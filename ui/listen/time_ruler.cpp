// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/time_ruler.h"

#include "ui/listen/time_axis.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <array>
#include <cmath>

namespace headroom::ui {
namespace {

/// Seconds between two labels, and their decimals.
struct Ticks {
    double seconds = 1;
    int decimals = 0;
};

Ticks ticksFor(double secondsPerPixel, double labelWidth) {
    constexpr std::array<Ticks, 16> steps = {{{0.001, 3},
                                              {0.005, 3},
                                              {0.01, 2},
                                              {0.05, 2},
                                              {0.1, 1},
                                              {0.2, 1},
                                              {0.5, 1},
                                              {1, 0},
                                              {2, 0},
                                              {5, 0},
                                              {10, 0},
                                              {15, 0},
                                              {30, 0},
                                              {60, 0},
                                              {300, 0},
                                              {1200, 0}}};
    const auto found = std::ranges::find_if(
        steps, [&](const Ticks& step) { return step.seconds / secondsPerPixel >= labelWidth; });
    return found == steps.end() ? steps.back() : *found;
}

} // namespace

TimeRuler::TimeRuler(TimeAxis& axis, const Theme& theme, QWidget* parent) : TimeView(axis, theme, parent) {
    setFixedHeight(em(2));
    setAccessibleName(tr("Time"));
}

void TimeRuler::paintContent(QPainter& painter) {
    const Palette& colors = theme().palette();
    painter.fillRect(rect(), colors.panel);
    painter.setFont(textFont(TextSize::Dense));
    const double rate = axis().sampleRate();
    const Ticks ticks = ticksFor(axis().framesPerPixel() / rate, em(5.5));
    const double first = std::floor(axis().begin() / rate / ticks.seconds);
    const double last =
        std::min(static_cast<double>(axis().frames()), axis().begin() + width() * axis().framesPerPixel());
    for (double i = first; i * ticks.seconds * rate <= last; ++i) {
        const double x = axis().xOf(i * ticks.seconds * rate);
        painter.setPen(colors.strongLine);
        painter.drawLine(QPointF(x, height() * 0.5), QPointF(x, height()));
        const double half = axis().xOf((i + 0.5) * ticks.seconds * rate);
        painter.drawLine(QPointF(half, height() * 0.75), QPointF(half, height()));
        painter.setPen(colors.secondText);
        painter.drawText(QRectF(x + em(0.3), 0, em(6), height() * 0.7), Qt::AlignLeft | Qt::AlignVCenter,
                         timeText(i * ticks.seconds, ticks.decimals));
    }
}

void TimeRuler::paintEvent(QPaintEvent* event) {
    TimeView::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().palette().measured);
    const double x = axis().xOf(static_cast<double>(axis().playHead())) + 0.5;
    painter.drawPolygon(QPolygonF({{x - 5, height() - 9.0}, {x + 5, height() - 9.0}, {x, height() - 1.0}}));
}

} // namespace headroom::ui
