// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/mark_strip.h"

#include "ui/text/mark_text.h"
#include "ui/theme/palette.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

constexpr double closest = 3; // minimum distance between two lines, pixels

QColor colorOf(MarkKind kind, const Palette& palette) {
    switch (kind) {
    case MarkKind::Note:
        return palette.secondText;
    case MarkKind::Change:
        return palette.accent;
    case MarkKind::Warning:
        return palette.tight;
    case MarkKind::Fault:
        return palette.doesNotFit;
    }
    return palette.secondText;
}

/// Shows the kind without relying on color.
QString signOf(const RunHistory::Mark& mark, MarkKind kind) {
    if (std::holds_alternative<Paused>(mark.event))
        return QStringLiteral("‖ ");
    switch (kind) {
    case MarkKind::Note:
        return {};
    case MarkKind::Change:
        return QStringLiteral("◆ ");
    case MarkKind::Warning:
        return QStringLiteral("▲ ");
    case MarkKind::Fault:
        return QStringLiteral("✕ ");
    }
    return {};
}

QString labelOf(const RunHistory::Mark& mark) {
    const MarkText text = markText(mark);
    return signOf(mark, text.kind) + text.text;
}

} // namespace

MarkStrip::MarkStrip(QCustomPlot* plot, const QString& layer, QCPAxisRect& top, QCPAxisRect& bottom)
    : QCPLayerable(plot, layer), top_(top), bottom_(bottom) {}

int MarkStrip::height(const QFont& font) {
    return QFontMetrics(font).height() + 6;
}

void MarkStrip::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(false);
}

/// From newest to oldest. Older marks lose their label if it would overlap a newer one.
void MarkStrip::arrange(const QFontMetrics& metrics) {
    shown_.clear();
    const QCPAxis& time = *top_.axis(QCPAxis::atBottom);
    const int strip = height(parentPlot()->font());
    const int mostWidth = metrics.averageCharWidth() * 32;
    double free = top_.right() + 1.0; // left edge of the newer labels
    const auto& marks = view_.history->marks();
    for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
        const double x = view_.scale.x(mark->position);
        if (x < view_.from || x > view_.to)
            continue;
        Shown shown{&*mark, time.coordToPixel(x), {}};
        if (!shown_.empty() && shown_.back().pixel - shown.pixel < closest)
            continue;
        const double width = std::min(metrics.horizontalAdvance(labelOf(*mark)), mostWidth) + 8.0;
        const double left = std::min(shown.pixel, free - width - 2);
        if (left + width >= shown.pixel && left >= top_.left()) {
            shown.label = QRectF(left, top_.top() - strip, width, strip - 3);
            free = left;
        }
        shown_.push_back(shown);
    }
    std::ranges::reverse(shown_);
}

void MarkStrip::draw(QCPPainter* painter) {
    if (view_.history == nullptr)
        return;
    const Palette& palette = *view_.palette;
    painter->setFont(parentPlot()->font());
    const QFontMetrics metrics(painter->font());
    arrange(metrics);
    for (const Shown& shown : shown_) {
        const QColor color = colorOf(markText(*shown.mark).kind, palette);
        painter->setPen(QPen(color, 1, Qt::DashLine));
        painter->drawLine(QLineF(shown.pixel, top_.top(), shown.pixel, bottom_.bottom()));
        if (shown.label.isEmpty())
            continue;
        painter->setPen(palette.strongLine);
        painter->setBrush(palette.raised);
        painter->drawRect(shown.label);
        painter->setPen(color);
        const QRectF inner = shown.label.adjusted(4, 0, -4, 0);
        painter->drawText(
            inner, Qt::AlignVCenter | Qt::AlignLeft,
            metrics.elidedText(labelOf(*shown.mark), Qt::ElideRight, static_cast<int>(inner.width()) + 1));
    }
    drawNow(painter);
}

void MarkStrip::drawNow(QCPPainter* painter) const {
    const double now = view_.scale.x({static_cast<double>(view_.history->step()), view_.history->seconds()});
    if (!view_.history->started() || view_.history->state() != RunState::Interrupted || now < view_.from ||
        now > view_.to)
        return;
    const double pixel = top_.axis(QCPAxis::atBottom)->coordToPixel(now);
    painter->setPen(QPen(view_.palette->fits, 1));
    painter->drawLine(QLineF(pixel, top_.top(), pixel, bottom_.bottom()));
}

const RunHistory::Mark* MarkStrip::markAt(const QPointF& pixel) const {
    for (const Shown& shown : shown_) {
        if (shown.label.contains(pixel))
            return shown.mark;
    }
    for (const Shown& shown : shown_) {
        if (std::abs(shown.pixel - pixel.x()) <= closest)
            return shown.mark;
    }
    return nullptr;
}

const RunHistory::Mark* MarkStrip::neighbor(double x, bool after) const {
    if (view_.history == nullptr)
        return nullptr;
    const RunHistory::Mark* found = nullptr;
    for (const RunHistory::Mark& mark : view_.history->marks()) {
        const double at = view_.scale.x(mark.position);
        if (after && at > x)
            return &mark;
        if (!after && at < x)
            found = &mark;
    }
    return found;
}

} // namespace headroom::ui
