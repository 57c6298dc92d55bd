// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/parts_legend.h"

#include "ui/text/memory_text.h"
#include "ui/theme/hatch.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QPainter>

#include <algorithm>

namespace headroom::ui {

PartsLegend::PartsLegend(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PartsLegend::setUse(const CardUse& use) {
    if (use == use_)
        return;
    const int before = heightForWidth(width());
    use_ = use;
    // A geometry update lays out the whole window: only if the height changes.
    if (heightForWidth(width()) != before)
        updateGeometry();
    update();
}

QSize PartsLegend::sizeHint() const {
    return {em(40), em(1.5)};
}

int PartsLegend::heightForWidth(int width) const {
    return lines(width) * em(1.5);
}

int PartsLegend::lines(int width) const {
    const auto entries = entriesFor(width);
    const int now = entries.empty() ? 1 : entries.back().rect.top() / em(1.5) + 1;
    mostLines_ = width == linesWidth_ ? std::max(mostLines_, now) : now;
    linesWidth_ = width;
    return mostLines_;
}

std::vector<PartsLegend::Entry> PartsLegend::entriesFor(int width) const {
    const QFontMetrics metrics(textFont(TextSize::Small));
    std::vector<Entry> entries;
    QPoint place(0, 0);
    for (std::size_t i = 0; i < cardParts; ++i) {
        if (use_[i] == 0)
            continue;
        const auto part = static_cast<CardPart>(i);
        Entry entry{part, cardPartTitle(part), gibNumber(use_[i], 2), {}};
        const int length = em(1.2) + metrics.horizontalAdvance(entry.title + QLatin1Char(' ') + entry.size);
        if (place.x() > 0 && place.x() + length > width)
            place = {0, place.y() + em(1.5)};
        entry.rect = {place, QSize(length, em(1.5))};
        place.rx() += length + em(1.1);
        entries.push_back(std::move(entry));
    }
    return entries;
}

void PartsLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(textFont(TextSize::Small));
    const Palette& palette = theme_.palette();
    const QFontMetrics metrics(painter.font());
    for (const Entry& entry : entriesFor(width())) {
        const int side = em(0.75);
        const QRectF swatch(entry.rect.left(), entry.rect.center().y() - side / 2.0, side, side);
        painter.fillRect(swatch, cardPartColor(palette, entry.part));
        if (isHatched(entry.part))
            paintHatch(painter, swatch, palette.faintText);
        const QRect text = entry.rect.adjusted(em(1.15), 0, em(0.5), 0);
        painter.setPen(palette.secondText);
        painter.drawText(text, Qt::AlignVCenter, entry.title);
        painter.setPen(palette.text);
        painter.drawText(text.adjusted(metrics.horizontalAdvance(entry.title + QLatin1Char(' ')), 0, 0, 0),
                         Qt::AlignVCenter, entry.size);
    }
}

} // namespace headroom::ui
