// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/wrap_layout.h"

#include <QWidget>

#include <algorithm>

namespace headroom::ui {
namespace {

bool isShown(const QLayoutItem& item) {
    return !item.isEmpty();
}

bool isStretch(QLayoutItem& item) {
    return item.spacerItem() != nullptr;
}

bool expands(QLayoutItem& item) {
    return isStretch(item) || item.expandingDirections().testFlag(Qt::Horizontal);
}

} // namespace

WrapLayout::WrapLayout(QWidget* parent) : QLayout(parent) {}

WrapLayout::~WrapLayout() {
    for (QLayoutItem* item : items_)
        delete item;
}

void WrapLayout::insertWidget(int index, QWidget* widget) {
    addWidget(widget);
    std::rotate(items_.begin() + index, items_.end() - 1, items_.end());
    invalidate();
}

void WrapLayout::addStretch() {
    addItem(new QSpacerItem(0, 0, QSizePolicy::Expanding, QSizePolicy::Minimum));
}

void WrapLayout::addItem(QLayoutItem* item) {
    items_.push_back(item);
    invalidate();
}

QLayoutItem* WrapLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* WrapLayout::takeAt(int index) {
    QLayoutItem* item = itemAt(index);
    if (item != nullptr)
        items_.erase(items_.begin() + index);
    return item;
}

std::vector<WrapLayout::Line> WrapLayout::lines(int width) const {
    std::vector<Line> all(1);
    for (QLayoutItem* item : items_) {
        if (!isShown(*item) && !isStretch(*item))
            continue;
        const int least = item->minimumSize().width();
        const int gap = all.back().items.empty() || isStretch(*item) ? 0 : spacing();
        if (!all.back().items.empty() && all.back().minimum + gap + least > width)
            all.emplace_back();
        Line& line = all.back();
        line.minimum += least + (line.items.empty() || isStretch(*item) ? 0 : spacing());
        line.items.push_back(item);
        line.height = std::max(line.height, item->sizeHint().height());
    }
    return all;
}

int WrapLayout::heightOf(const std::vector<Line>& lines) const {
    int height = spacing() * (static_cast<int>(lines.size()) - 1);
    for (const Line& line : lines)
        height += line.height;
    return height;
}

int WrapLayout::heightForWidth(int width) const {
    const QMargins margins = contentsMargins();
    return heightOf(lines(width - margins.left() - margins.right())) + margins.top() + margins.bottom();
}

QSize WrapLayout::sizeHint() const {
    int width = 0;
    int height = 0;
    for (QLayoutItem* item : items_) {
        if (!isShown(*item))
            continue;
        width += item->sizeHint().width() + (width > 0 ? spacing() : 0);
        height = std::max(height, item->sizeHint().height());
    }
    return QSize(width, height).grownBy(contentsMargins());
}

QSize WrapLayout::minimumSize() const {
    QSize size;
    for (QLayoutItem* item : items_)
        if (isShown(*item))
            size = size.expandedTo({item->minimumSize().width(), item->sizeHint().height()});
    return size.grownBy(contentsMargins());
}

void WrapLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    const QRect area = rect.marginsRemoved(contentsMargins());
    const std::vector<Line> all = lines(area.width());
    int y = area.top();
    for (const Line& line : all) {
        const int height = all.size() == 1 ? area.height() : line.height;
        place(line, {area.left(), y, area.width(), height});
        y += height + spacing();
    }
}

void WrapLayout::place(const Line& line, const QRect& area) const {
    int rest = area.width() - line.minimum;
    std::vector<int> widths;
    int expanding = 0;
    for (QLayoutItem* item : line.items) {
        const int least = item->minimumSize().width();
        const int grown = std::clamp(item->sizeHint().width() - least, 0, std::max(0, rest));
        widths.push_back(least + grown);
        rest -= grown;
        expanding += expands(*item) ? 1 : 0;
    }
    int x = area.left();
    for (std::size_t i = 0; i < line.items.size(); ++i) {
        QLayoutItem& item = *line.items[i];
        if (expanding > 0 && expands(item) && rest > 0) {
            const int share = rest / expanding--;
            widths[i] += share;
            rest -= share;
        }
        if (i > 0 && !isStretch(item))
            x += spacing();
        item.setGeometry({x, area.top(), widths[i], area.height()});
        x += widths[i];
    }
}

} // namespace headroom::ui
