// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/parts_bar.h"

#include "core/support/bytes.h"
#include "ui/text/memory_text.h"
#include "ui/theme/hatch.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headroom::ui {
namespace {

/// GiB between two ticks, chosen to give about a dozen ticks.
double tickStep(double gibs) {
    const double rough = gibs / 12;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (rough <= factor * power)
            return factor * power;
    return 10 * power;
}

} // namespace

PartsBar::PartsBar(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Memory of the card by part"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PartsBar::setUse(const CardUse& use, std::int64_t capacity) {
    use_ = use;
    capacity_ = capacity;
    updateDescription();
    update();
}

void PartsBar::setCompact(bool compact) {
    compact_ = compact;
    updateGeometry();
    update();
}

void PartsBar::setDimmed(bool dimmed) {
    if (dimmed_ == dimmed)
        return;
    dimmed_ = dimmed;
    update();
}

QSize PartsBar::sizeHint() const {
    return {em(40), compact_ ? em(1.2) : em(3.9)};
}

QSize PartsBar::minimumSizeHint() const {
    return {em(12), sizeHint().height()};
}

std::int64_t PartsBar::total() const {
    return std::accumulate(use_.begin(), use_.end(), std::int64_t{0});
}

std::int64_t PartsBar::range() const {
    return std::max({capacity_, total(), std::int64_t{1}});
}

BrokenScale PartsBar::scale() const {
    return {static_cast<double>(total()), static_cast<double>(range())};
}

double PartsBar::xOf(std::int64_t bytes) const {
    const QRectF bar = barRect();
    return bar.left() + bar.width() * scale().share(static_cast<double>(bytes));
}

QRectF PartsBar::barRect() const {
    const double height = compact_ ? em(0.8) : em(2.2);
    return {1, compact_ ? (this->height() - height) / 2 : em(0.2), width() - 3.0, height};
}

QRectF PartsBar::partRect(CardPart part) const {
    const auto index = static_cast<std::ptrdiff_t>(part);
    const std::int64_t before = std::accumulate(use_.begin(), use_.begin() + index, std::int64_t{0});
    const double left = xOf(before);
    const double right = xOf(before + use_[static_cast<std::size_t>(part)]);
    const QRectF bar = barRect();
    return {left, bar.top(), std::max(0.0, right - left), bar.height()};
}

std::optional<CardPart> PartsBar::partAt(const QPointF& point) const {
    for (std::size_t i = 0; i < cardParts; ++i)
        if (partRect(static_cast<CardPart>(i)).contains(point))
            return static_cast<CardPart>(i);
    return std::nullopt;
}

bool PartsBar::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto& help = static_cast<const QHelpEvent&>(*event);
    const auto part = partAt(help.pos());
    QToolTip::showText(help.globalPos(), part ? partText(*part) : accessibleDescription(), this);
    return true;
}

void PartsBar::mousePressEvent(QMouseEvent* event) {
    if (const auto part = partAt(event->position()))
        select(*part);
}

void PartsBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Left)
        moveSelection(-1);
    else if (event->key() == Qt::Key_Right)
        moveSelection(1);
    else
        QWidget::keyPressEvent(event);
}

void PartsBar::select(CardPart part) {
    selected_ = part;
    setAccessibleDescription(partText(part));
    update();
    Q_EMIT partSelected(part);
}

/// Selects the next part that is not empty.
void PartsBar::moveSelection(int direction) {
    int part = selected_ ? static_cast<int>(*selected_) : (direction > 0 ? -1 : static_cast<int>(cardParts));
    for (part += direction; part >= 0 && part < static_cast<int>(cardParts); part += direction)
        if (use_[static_cast<std::size_t>(part)] > 0)
            return select(static_cast<CardPart>(part));
}

void PartsBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setOpacity(dimmed_ ? 0.6 : 1.0);
    painter.fillRect(barRect(), theme_.palette().field);
    paintHeadroom(painter);
    for (std::size_t i = 0; i < cardParts; ++i)
        paintPart(painter, static_cast<CardPart>(i));
    if (total() > capacity_)
        paintOverrun(painter);
    for (std::size_t i = 0; !compact_ && i < cardParts; ++i)
        paintLabel(painter, static_cast<CardPart>(i));
    painter.setPen(QPen(theme_.palette().line, 1));
    painter.drawRect(barRect());
    paintBreak(painter);
    const double end = xOf(capacity_);
    painter.setPen(QPen(theme_.palette().text, 2));
    painter.drawLine(QPointF(end, barRect().top() - em(0.2)), QPointF(end, barRect().bottom() + em(0.2)));
    if (!compact_)
        paintAxis(painter);
}

void PartsBar::paintPart(QPainter& painter, CardPart part) const {
    const QRectF rect = partRect(part);
    if (rect.width() <= 0)
        return;
    const Palette& palette = theme_.palette();
    const QColor& color = cardPartColor(palette, part);
    const QRectF inner = rect.adjusted(0, 0, rect.width() > 2 ? -1 : 0, 0);
    painter.fillRect(inner, color);
    if (isHatched(part))
        paintHatch(painter, inner, palette.faintText);
    if (selected_ == part && hasFocus()) {
        painter.setPen(QPen(palette.text, 2));
        painter.drawRect(inner.adjusted(1, 1, -1, -1));
    }
}

/// Filled behind the text if the bar is hatched there, which would make the text illegible.
void PartsBar::paintLabel(QPainter& painter, CardPart part) const {
    const std::int64_t bytes = use_[static_cast<std::size_t>(part)];
    if (isHatched(part) || bytes <= 0)
        return;
    const QString size = gibNumber(bytes, 2);
    const QFontMetrics metrics(font());
    const QRectF room = labelRect(part);
    const QColor& color = cardPartColor(theme_.palette(), part);
    for (const QString& text : {cardPartTitle(part) + QLatin1Char(' ') + size, size}) {
        const double width = metrics.horizontalAdvance(text);
        if (width + em(1) >= room.width())
            continue;
        const QRectF box(room.left() + em(0.5), room.center().y() - em(0.75), width, em(1.5));
        if (total() > capacity_)
            painter.fillRect(box.adjusted(-em(0.3), 0, em(0.3), 0), color);
        painter.setPen(textOn(color));
        return painter.drawText(box, Qt::AlignVCenter, text);
    }
}

/// Two slanted lines where the axis skips free memory.
void PartsBar::paintBreak(QPainter& painter) const {
    const BrokenScale scale = this->scale();
    if (!scale.isBroken())
        return;
    const QRectF bar = barRect();
    const double x = bar.left() + bar.width() * scale.kneeShare();
    const double slant = em(0.2);
    const double gap = em(0.25);
    const double above = em(0.15);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF top(x + slant, bar.top() - above);
    const QPointF bottom(x - slant, bar.bottom() + above);
    const QPointF aside(gap, 0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.palette().panel);
    painter.drawPolygon(QPolygonF({top, top + aside, bottom + aside, bottom}));
    painter.setPen(QPen(theme_.palette().strongLine, 1));
    painter.drawLine(top, bottom);
    painter.drawLine(top + aside, bottom + aside);
    painter.restore();
}

void PartsBar::paintHeadroom(QPainter& painter) const {
    const std::int64_t rest = capacity_ - total();
    if (compact_ || rest <= 0)
        return;
    const QString text = tr("%1 headroom").arg(bytesText(rest));
    const QRectF bar = barRect();
    const double begin =
        scale().isBroken() ? bar.left() + bar.width() * scale().kneeShare() + em(0.6) : xOf(total());
    const QRectF rect(begin, bar.top(), xOf(capacity_) - begin, bar.height());
    if (fontMetrics().horizontalAdvance(text) + em(1) > rect.width())
        return;
    painter.setPen(theme_.palette().secondText);
    painter.drawText(rect.adjusted(em(0.6), 0, 0, 0), Qt::AlignVCenter, text);
}

/// Hatches the memory beyond the capacity of the card.
void PartsBar::paintOverrun(QPainter& painter) const {
    const Palette& palette = theme_.palette();
    const QRectF bar = barRect();
    const QRectF over(xOf(capacity_), bar.top(), xOf(total()) - xOf(capacity_), bar.height());
    paintHatch(painter, over, palette.doesNotFit);
    painter.setPen(QPen(palette.doesNotFit, 2));
    painter.drawRect(over);
    const QRectF label = limitLabelRect();
    if (label.isEmpty())
        return;
    painter.fillRect(label, palette.window);
    painter.setPen(palette.text);
    painter.drawText(label, Qt::AlignCenter, limitText());
}

QString PartsBar::limitText() const {
    return tr("Card limit %1 GiB").arg(gibNumber(capacity_));
}

/// Empty if the label does not fit.
QRectF PartsBar::limitLabelRect() const {
    const double width = fontMetrics().horizontalAdvance(limitText()) + em(0.8);
    const double end = xOf(capacity_);
    if (compact_ || width + em(1) > xOf(total()) - end)
        return {};
    return QRectF(end + em(0.5), barRect().center().y() - em(0.75), width, em(1.5));
}

/// The area for the label of a part. If the card limit divides the part, the larger side.
QRectF PartsBar::labelRect(CardPart part) const {
    const QRectF rect = partRect(part);
    const QRectF label = limitLabelRect();
    if (!label.intersects(rect))
        return rect;
    QRectF before = rect;
    QRectF after = rect;
    before.setRight(xOf(capacity_));
    after.setLeft(label.right());
    return before.width() > after.width() ? before : after;
}

void PartsBar::paintAxis(QPainter& painter) const {
    painter.setFont(textFont(TextSize::Small));
    painter.setPen(theme_.palette().faintText);
    const BrokenScale scale = this->scale();
    const double gibs = scale.knee() / bytesPerGiB;
    const double step = tickStep(gibs / scale.kneeShare());
    for (int i = 0; i * step <= gibs * (1 + 1e-9); ++i) {
        QString text = QString::number(i * step, 'g', 4);
        if (i == 0)
            text += tr(" GiB");
        paintTick(painter, xOf(static_cast<std::int64_t>(i * step * bytesPerGiB)), text);
    }
    if (scale.isBroken())
        paintTick(painter, xOf(capacity_), gibNumber(capacity_));
}

void PartsBar::paintTick(QPainter& painter, double x, const QString& text) const {
    const double top = barRect().bottom() + em(0.15);
    const int width = painter.fontMetrics().horizontalAdvance(text);
    painter.drawLine(QPointF(x, top), QPointF(x, top + em(0.2)));
    const double left = std::clamp(x - width / 2.0, 0.0, this->width() - width - 1.0);
    painter.drawText(QPointF(left, top + em(1.2)), text);
}

/// "Saved for backward: 2.3 GiB, 45.0 % of the total"
QString PartsBar::partText(CardPart part) const {
    const std::int64_t bytes = use_[static_cast<std::size_t>(part)];
    const double share =
        100.0 * static_cast<double>(bytes) / static_cast<double>(std::max<std::int64_t>(1, total()));
    return tr("%1: %2, %3 % of the total")
        .arg(cardPartTitle(part), bytesText(bytes), QString::number(share, 'f', 1));
}

void PartsBar::updateDescription() {
    QStringList lines = {tr("%1 of %2 used").arg(bytesText(total()), bytesText(capacity_))};
    for (std::size_t i = 0; i < cardParts; ++i)
        if (use_[i] > 0)
            lines << tr("%1: %2").arg(cardPartTitle(static_cast<CardPart>(i)), bytesText(use_[i]));
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
}

} // namespace headroom::ui
