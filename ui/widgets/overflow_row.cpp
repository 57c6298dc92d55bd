// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/overflow_row.h"

#include "ui/theme/typography.h"

#include <QEvent>

#include <algorithm>

namespace headroom::ui {
namespace {

QSize sizeOf(const QWidget& widget) {
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize());
}

} // namespace

void OverflowRow::addWidget(QWidget* widget) {
    widget->setParent(this);
    widget->show();
    widgets_.push_back(widget);
    arrange();
}

QSize OverflowRow::sizeHint() const {
    QSize size(0, 0);
    for (const QWidget* widget : widgets_) {
        if (widget->isHidden())
            continue;
        const QSize hint = sizeOf(*widget);
        size = {size.width() + hint.width(), std::max(size.height(), hint.height())};
    }
    return size;
}

QSize OverflowRow::minimumSizeHint() const {
    return {em(8), sizeHint().height()};
}

bool OverflowRow::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) {
        arrange();
        updateGeometry();
    }
    return QWidget::event(event);
}

void OverflowRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void OverflowRow::arrange() {
    int x = 0;
    bool fits = true;
    for (QWidget* widget : widgets_) {
        if (widget->isHidden())
            continue;
        const int wide = sizeOf(*widget).width();
        fits = fits && x + wide <= width();
        // Moved out of sight instead of hidden: visibility belongs to the owner.
        widget->setGeometry(fits ? x : width(), 0, wide, height());
        x += wide;
    }
}

} // namespace headroom::ui
