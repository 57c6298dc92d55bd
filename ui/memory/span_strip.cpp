// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/span_strip.h"

#include "ui/memory/step_sections.h"
#include "ui/memory/timeline_text.h"
#include "ui/theme/palette.h"
#include "ui/theme/typography.h"

#include <algorithm>

namespace headroom::ui {

SpanStrip::SpanStrip(QCustomPlot* plot, const QString& layer, QCPAxisRect& rect)
    : QCPLayerable(plot, layer), rect_(rect) {}

int SpanStrip::height() {
    return em(3.4);
}

double SpanStrip::pixel(double event) const {
    const double x = rect_.axis(QCPAxis::atBottom)->coordToPixel(event);
    return std::clamp(x, static_cast<double>(rect_.left()), static_cast<double>(rect_.right()));
}

void SpanStrip::draw(QCPPainter* painter) {
    if (forecast_ == nullptr || palette_ == nullptr)
        return;
    drawModules(painter);
    drawPhases(painter);
    drawLifetime(painter);
    drawCrossHair(painter);
}

void SpanStrip::drawModules(QCPPainter* painter) const {
    painter->setFont(textFont(TextSize::Dense));
    const QFontMetrics metrics(painter->font());
    const double top = rect_.top() - em(1.9);
    for (const TimelineSpan& span : forecast_->spans) {
        const QRectF box(pixel(static_cast<double>(span.begin)), top,
                         pixel(static_cast<double>(span.end)) - pixel(static_cast<double>(span.begin)) - 1,
                         em(1.4));
        if (box.width() < 1)
            continue;
        painter->fillRect(box, palette_->raised);
        const QString title = moduleTitle(span.module);
        if (metrics.horizontalAdvance(title) + em(0.4) > box.width())
            continue;
        painter->setPen(palette_->secondText);
        painter->drawText(box, Qt::AlignCenter, title);
    }
}

/// A line at the start of each phase, and its title over the visible part.
void SpanStrip::drawPhases(QCPPainter* painter) const {
    painter->setFont(textFont(TextSize::Small));
    const QFontMetrics metrics(painter->font());
    const QCPRange view = rect_.axis(QCPAxis::atBottom)->range();
    for (const StepPhase& phase : phasesInView(*forecast_, view.lower, view.upper)) {
        const auto begin = static_cast<double>(phase.begin);
        const auto end = static_cast<double>(phase.end);
        const double left = pixel(begin);
        if (begin >= view.lower) {
            painter->setPen(QPen(palette_->faintText, 1));
            painter->drawLine(QLineF(left, rect_.top() - em(3.2), left, rect_.bottom()));
        }
        const QString title = phaseTitle(phase.phase);
        if (left + em(0.3) + metrics.horizontalAdvance(title) > pixel(end) + em(0.3))
            continue;
        painter->setPen(palette_->text);
        painter->drawText(QPointF(left + em(0.3), rect_.top() - em(2.2)), title);
    }
}

void SpanStrip::drawLifetime(QCPPainter* painter) const {
    if (!lifetime_)
        return;
    const double from = pixel(static_cast<double>(lifetime_->first));
    const double to = std::max(pixel(static_cast<double>(lifetime_->second)), from + 2);
    painter->fillRect(QRectF(from, rect_.top() + 1, to - from, em(0.35)), palette_->accent);
}

void SpanStrip::drawCrossHair(QCPPainter* painter) const {
    if (!crossHair_ || !rect_.axis(QCPAxis::atBottom)->range().contains(*crossHair_))
        return;
    const double x = pixel(*crossHair_);
    painter->setPen(QPen(palette_->accent, 1));
    painter->drawLine(QLineF(x, rect_.top(), x, rect_.bottom()));
}

} // namespace headroom::ui
